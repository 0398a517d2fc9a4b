-- Gateway prosody-edge: federation with Prosody.
-- Compiled by fedgate: change the spec and compile again, not this file.
--
-- Put mod_fedgate_policy.lua into a folder of plugin_paths, and write this as the last line of
-- prosody.cfg.lua, so that nothing behind it overrides what is set here:
--
--   Include "fedgate.cfg.lua"
--
-- What the domains below have beside federation (c2s_ssl, further modules, ...) belongs into the
-- global section of prosody.cfg.lua.

-- Only mod_fedgate_policy loads mod_s2s, on the hosts below and after it has accepted its data. Where
-- it does not load, no server-to-server stream is accepted or opened, on any host.
modules_disabled = { "s2s" }

-- What stock Prosody asks of every stream. mod_fedgate_policy asks more, of each partner its own.
s2s_require_encryption = false
s2s_allow_encryption = true
s2s_secure_auth = false
s2s_secure_domains = {}
s2s_insecure_domains = {}

s2s_ports = { 5269 }
s2s_direct_tls_ports = { 5270 }
-- The longest time that setting up a stream may take, in seconds.
s2s_timeout = 60
s2s_direct_tls_ssl = {
	protocol = "tlsv1_2+";
	certificate = "certs/edge.crt";
	key = "certs/edge.key";
}

-- The secret of dialback keys (XEP-0185), read where it is kept.
dialback_secret = (function(path)
	local file = io.open(path)
	local line = file and file:read("*l")
	if file then file:close() end
	return line
end)("/etc/fedgate/dialback")

-- The policy, as mod_fedgate_policy reads it; times in seconds. `prosodyctl reload` puts a new one
-- in force.
fedgate_policy = {
	connection_limit = 1000;
	keep_alive_interval = 300;
	stream_inactivity_timeout = 900;
	domains = { "contoso.com", "xn--bcher-kva.example" };
	needs_dialback_secret = "the file /etc/fedgate/dialback";
	partners = {
		{
			domain = "northwind.example";
			description = "Northwind Traders, contact noc@northwind.example";
			additional_domains = { "chat.northwind.example" };
			type = "federated";
			methods = { "sasl_tls" };
			connection_limit = 20;
			keep_alive = true;
		};
		{
			domain = "talk.example";
			type = "public_unverified";
			methods = { "tcp_dialback" };
			connection_limit = 20;
			keep_alive = true;
		};
		{
			domain = "xn--bcher-kva.org";
			type = "federated";
			methods = { "tls_dialback" };
			connection_limit = 20;
			keep_alive = false;
			proxy_fqdn = "xmpp.proxy.example";
		};
	};
}

-- The certificate lies in the folder `certs` beside prosody.cfg.lua: with its chain as NAME.crt, the
-- key as NAME.key. Partners' certificates are verified against the authorities of the option `ssl`
-- of the global section, or else those of the system.

VirtualHost "contoso.com"
	modules_enabled = { "fedgate_policy" }
	modules_disabled = { "s2s" }
	s2s_ssl = {
		protocol = "tlsv1_2+";
		certificate = "certs/edge.crt";
		key = "certs/edge.key";
	}

VirtualHost "bücher.example"
	modules_enabled = { "fedgate_policy" }
	modules_disabled = { "s2s" }
	s2s_ssl = {
		protocol = "tlsv1_2+";
		certificate = "certs/edge.crt";
		key = "certs/edge.key";
	}
