-- mod_fedgate_policy: a policy for each federation partner, for Prosody 0.12 and later.
--
-- Lets the local host federate with the partners listed in the option `fedgate_policy`, each
-- authenticated by one of its own methods, and with nobody else. Server-to-server streams exist on a
-- host only once this module has loaded and accepted its data: it is what loads mod_s2s there.
--
--   sasl_tls      SASL EXTERNAL over TLS, with a verified certificate (XEP-0178)
--   tls_dialback  Server Dialback over TLS (XEP-0220)
--   tcp_dialback  Server Dialback over plain TCP
--
-- fedgate.cfg.lua, which fedgate compiles, holds the option and enables the module. README.md tells
-- how to install both, what is logged, and what the module cannot do.

local st = require "util.stanza";
local jid = require "util.jid";
local set = require "util.set";
local add_filter = require "util.filters".add_filter;
local nameprep = require "util.encodings".stringprep.nameprep;
local idna_to_ascii = require "util.encodings".idna.to_ascii;
local connect = require "net.connect".connect;
local resolve_address = require "net.resolvers.basic".new;
local new_outgoing = require "core.s2smanager".new_outgoing;
local portmanager = require "core.portmanager";
local modulemanager = require "core.modulemanager";
local rostermanager = require "core.rostermanager";

local prosody = prosody;
local local_host = module.host;

local xmlns_streams = "http://etherx.jabber.org/streams";
local xmlns_tls = "urn:ietf:params:xml:ns:xmpp-tls";
local xmlns_sasl = "urn:ietf:params:xml:ns:xmpp-sasl";
local xmlns_stanzas = "urn:ietf:params:xml:ns:xmpp-stanzas";
local xmlns_dialback_feature = "urn:xmpp:features:dialback";

local xmpp_server_port = 5269;

-- The policy ---------------------------------------------------------------------------------------

-- While `partners` is empty, nobody federates: before the data is accepted, and after it was refused.
local policy = { partners = {} };

-- Names are compared as A-labels, because either side may write an international name either way.
local function canonical(domain)
	local prepared = type(domain) == "string" and domain ~= "" and nameprep(domain);
	return prepared and idna_to_ascii(prepared);
end

local function partner_of(domain)
	local name = canonical(domain);
	return name and policy.partners[name];
end

local known_methods = set.new { "sasl_tls", "tls_dialback", "tcp_dialback" };

-- What the users of a partner of each type may do without the consent of ours.
local known_types = {
	federated = { messages = true, status_notes = true };
	public_verified = { messages = true, status_notes = false };
	public_unverified = { messages = false, status_notes = false };
};

local function expect(condition, text, ...)
	if not condition then
		error({ policy = text:format(...) });
	end
	return condition;
end

local function positive_number(value, name)
	expect(type(value) == "number" and value > 0, "%s is not a positive number", name);
	return value;
end

local function read_partner(entry, number)
	expect(type(entry) == "table" and type(entry.domain) == "string", "partner %d has no domain", number);
	local domain = entry.domain;
	local partner = {
		domain = domain;
		permissions = expect(known_types[entry.type], "partner %s has no known type", domain);
		connection_limit = positive_number(entry.connection_limit, "connection_limit of " .. domain);
		keep_alive = entry.keep_alive;
		proxy_fqdn = entry.proxy_fqdn;
	};
	expect(type(partner.keep_alive) == "boolean", "keep_alive of %s is not true or false", domain);
	expect(partner.proxy_fqdn == nil or canonical(partner.proxy_fqdn), "proxy_fqdn of %s is not a host name", domain);
	expect(type(entry.methods) == "table" and #entry.methods > 0, "partner %s has no method", domain);
	for _, method in ipairs(entry.methods) do
		expect(known_methods:contains(method), "partner %s has the unknown method %s", domain, tostring(method));
		partner[method] = true;
	end
	partner.dialback = partner.tls_dialback or partner.tcp_dialback or false;
	partner.tls = partner.sasl_tls or partner.tls_dialback or false;
	return partner;
end

-- A component has no policy of its own. A host that the policy no longer names stays active until
-- Prosody is restarted, and must not go on federating.
local function expect_own_domain(domains)
	expect(type(domains) == "table", "fedgate_policy has no list of domains");
	local is_named = module:get_host_type() ~= "local";
	for _, domain in ipairs(domains) do
		is_named = is_named or canonical(domain) == canonical(local_host);
	end
	expect(is_named, "%s is none of the domains of the policy", local_host);
end

local function read_policy(data)
	expect(type(data) == "table" and type(data.partners) == "table", "fedgate_policy has no list of partners");
	expect_own_domain(data.domains);
	local new_policy = {
		partners = {};
		connection_limit = positive_number(data.connection_limit, "connection_limit");
		keep_alive_interval = positive_number(data.keep_alive_interval, "keep_alive_interval");
		stream_inactivity_timeout = positive_number(data.stream_inactivity_timeout, "stream_inactivity_timeout");
	};
	local count = 0;
	for key in pairs(data.partners) do
		expect(type(key) == "number", "partners is not a list");
		count = count + 1;
	end
	expect(count == #data.partners, "the list of partners has gaps");
	for number, entry in ipairs(data.partners) do
		local partner = read_partner(entry, number);
		local domains = { entry.domain };
		expect(entry.additional_domains == nil or type(entry.additional_domains) == "table",
			"additional_domains of %s is not a list", entry.domain);
		for _, domain in ipairs(entry.additional_domains or {}) do
			table.insert(domains, domain);
		end
		for _, domain in ipairs(domains) do
			local name = expect(canonical(domain), "%s is not a domain", tostring(domain));
			expect(not new_policy.partners[name], "%s stands twice among the partners", name);
			new_policy.partners[name] = partner;
		end
	end
	if data.needs_dialback_secret then
		local secret = module:get_option("dialback_secret");
		expect(type(secret) == "string" and secret ~= "", "the dialback secret cannot be read from %s",
			tostring(data.needs_dialback_secret));
	end
	return new_policy, count;
end

-- Refusals -----------------------------------------------------------------------------------------

local function remote_of(session)
	if session.direction == "outgoing" then
		return session.to_host;
	end
	return session.from_host;
end

-- Closes a stream with the reason, for our log and for the administrator at the other end.
local function refuse(session, reason, condition, domain)
	module:log("warn", "refused %s: %s (%s stream)", domain or remote_of(session) or "unknown domain", reason,
		session.direction);
	session:close({ condition = condition or "policy-violation"; text = reason }, nil, reason);
	return true;
end

-- What is wrong with the certificate of the other end; nil where it is verified for its domain.
local function certificate_problem(session)
	if session.cert_chain_status == "valid" and session.cert_identity_status == "valid" then
		return nil;
	elseif session.cert_chain_status == "valid" then
		return "its certificate is not valid for this domain";
	elseif not session.cert_chain_status then
		return "it has no certificate";
	end
	for _, errors in pairs(session.cert_chain_errors or {}) do
		for _, text in ipairs(type(errors) == "table" and errors or {}) do
			if text == "certificate has expired" or text == "certificate is not yet valid" then
				return "its " .. text;
			end
		end
	end
	return "its certificate is not trusted";
end

local function may_dialback(partner, session)
	if session.secure then
		return partner.tls_dialback;
	end
	return partner.tcp_dialback;
end

local function dialback_problem(session)
	return session.secure and "dialback is not allowed" or "dialback without TLS is not allowed";
end

local function remove_children(stanza, name, xmlns)
	stanza:maptags(function(child)
		if child.name == name and child.attr.xmlns == xmlns then
			return nil;
		end
		return child;
	end);
end

-- Outgoing stanzas ---------------------------------------------------------------------------------

local bounced = set.new { "message", "presence", "iq" };

local function bounce(stanza, error_type, condition, text)
	local kind = stanza.attr.type;
	if bounced:contains(stanza.name) and kind ~= "error" and kind ~= "result" then
		module:send(st.error_reply(stanza, error_type, condition, text));
	end
end

-- Nothing leaves for a domain that is no partner. The same goes for dialback: without a stream to
-- the domain that is to confirm a key, no key is confirmed.
module:hook("route/remote", function(event)
	if partner_of(event.to_host) then
		return;
	end
	module:log("warn", "refused %s: not a federation partner (outgoing stanza)", event.to_host);
	bounce(event.stanza, "cancel", "not-allowed", event.to_host .. " is not a federation partner");
	return true;
end, 100);

module:hook("route/remote", function(event)
	local partner, stanza = partner_of(event.to_host), event.stanza;
	if stanza.name == "presence" and not partner.permissions.status_notes and stanza:get_child("status") then
		event.stanza = st.clone(stanza);
		remove_children(event.stanza, "status");
	end
end, 50);

-- A partner with a proxy is connected to there, and not where DNS says. The queue of the session is
-- mod_s2s's, which adds to it while the stream is being set up: each item is a text to send and, where
-- the sender is to hear of a failure, the beginning of the reply.
local function queue_item(stanza)
	local kind = stanza.attr.type;
	return { tostring(stanza), kind ~= "error" and kind ~= "result" and st.reply(stanza) };
end

local function bounce_queue(session, reason)
	local queue = session.sendq or {};
	session.sendq = nil;
	for _, item in ipairs(queue) do
		local reply = item[2];
		if reply and not reply.attr.xmlns and bounced:contains(reply.name) then
			reply.attr.type = "error";
			reply:tag("error", { type = "wait" })
				:tag("remote-server-timeout", { xmlns = xmlns_stanzas }):up()
				:text_tag("text", "connection to " .. session.to_host .. " failed: " .. tostring(reason),
					{ xmlns = xmlns_stanzas });
			module:send(reply);
		end
	end
end

module:hook("route/remote", function(event)
	local partner = partner_of(event.to_host);
	local service = portmanager.get_service("s2s");
	if not partner.proxy_fqdn or not service or prosody.hosts[event.from_host].s2sout[event.to_host] then
		return;
	end
	local session = new_outgoing(event.from_host, event.to_host);
	session.version = 1;
	session.stanza_size_limit = module:get_option_number("s2s_unauthed_stanza_size_limit", 10000);
	session.sendq = { queue_item(event.stanza) };
	session.bounce_sendq = bounce_queue;
	module:fire_event("s2sout-created", { session = session });
	connect(resolve_address(partner.proxy_fqdn, xmpp_server_port, "tcp"), service.listener, nil, { session = session });
	return true;
end, 20);

-- Incoming streams ---------------------------------------------------------------------------------

-- What we offer is what the partner may use. Without a sender's name nothing is known yet: then TLS
-- may start, and dialback has to name the sender.
module:hook("s2s-stream-features", function(event)
	local session, features = event.origin, event.features;
	if session.type ~= "s2sin_unauthed" or not session.from_host then
		return;
	end
	local partner = partner_of(session.from_host);
	if not partner then
		return refuse(session, "not a federation partner");
	end
	local problem = session.secure and certificate_problem(session);
	if problem and not partner.dialback then
		return refuse(session, problem, "not-authorized");
	end
	if not partner.sasl_tls then
		remove_children(features, "mechanisms", xmlns_sasl);
		session.external_auth = nil;
	end
	local offers_tls = features:get_child("starttls", xmlns_tls);
	if offers_tls and not partner.tcp_dialback then
		remove_children(features, "starttls", xmlns_tls);
		features:tag("starttls", { xmlns = xmlns_tls }):tag("required"):up():up();
	elseif not partner.tls then
		remove_children(features, "starttls", xmlns_tls);
	end
	if not may_dialback(partner, session) then
		remove_children(features, "dialback", xmlns_dialback_feature);
	end
end, -100);

module:hook("stanza/" .. xmlns_tls .. ":starttls", function(event)
	local session = event.origin;
	local partner = session.type == "s2sin_unauthed" and partner_of(session.from_host);
	if partner and not partner.tls then
		session.sends2s(st.stanza("failure", { xmlns = xmlns_tls }));
		return refuse(session, "TLS is not supported for this partner");
	end
end, 100);

-- `result` asks us to authenticate the sender; `verify` asks whether a key of the sender's is ours.
local function on_incoming_dialback(event)
	local session, stanza = event.origin, event.stanza;
	if session.type ~= "s2sin_unauthed" and session.type ~= "s2sin" then
		return;
	end
	local domain = stanza.attr.from;
	local partner = partner_of(domain);
	if not partner then
		return refuse(session, "not a federation partner", nil, domain);
	elseif stanza.name == "result" and not may_dialback(partner, session) then
		return refuse(session, dialback_problem(session), nil, domain);
	elseif not partner.dialback then
		return refuse(session, "dialback is not allowed", nil, domain);
	end
end

module:hook("stanza/jabber:server:dialback:result", on_incoming_dialback, 100);
module:hook("stanza/jabber:server:dialback:verify", on_incoming_dialback, 100);

-- Outgoing streams ---------------------------------------------------------------------------------

-- Direct TLS (XEP-0368) is TLS too.
module:hook("s2sout-created", function(event)
	local partner = partner_of(event.session.to_host);
	if partner and not partner.tls then
		event.session.ssl_ctx = nil;
	end
end, -100);

-- Before mod_tls (500) and mod_saslauth (150) look at what is offered: only what is allowed is left.
module:hook_tag(xmlns_streams, "features", function(session, features)
	if session.type ~= "s2sout_unauthed" then
		return;
	end
	local partner = partner_of(session.to_host);
	if not partner then
		return refuse(session, "not a federation partner");
	end
	if not partner.tls then
		remove_children(features, "starttls", xmlns_tls);
	elseif not session.secure and not partner.tcp_dialback and not features:get_child("starttls", xmlns_tls) then
		return refuse(session, "TLS is required but was not offered");
	end
	local problem = session.secure and certificate_problem(session);
	if problem and not partner.dialback then
		return refuse(session, problem, "not-authorized");
	elseif problem or not partner.sasl_tls then
		-- SASL EXTERNAL would tell the other end who we are, and us nothing about the other end.
		remove_children(features, "mechanisms", xmlns_sasl);
	end
end, 600);

-- After mod_saslauth, before mod_dialback (100): dialback is what is left.
module:hook_tag(xmlns_streams, "features", function(session)
	if session.type ~= "s2sout_unauthed" or session.external_auth == "attempting" then
		return;
	end
	local partner = partner_of(session.to_host);
	if not partner or not may_dialback(partner, session) then
		return refuse(session, "no allowed method was offered");
	end
end, 120);

module:hook_tag(xmlns_sasl, "failure", function(session)
	if session.external_auth ~= "failed" then
		return;
	end
	local partner = partner_of(session.to_host);
	if not partner or not may_dialback(partner, session) then
		return refuse(session, "it did not accept our certificate, and " .. dialback_problem(session));
	end
end, 110);

-- A server older than XMPP 1.0 knows neither TLS nor SASL.
module:hook("s2sout-authenticate-legacy", function(event)
	local session = event.origin;
	local partner = partner_of(session.to_host);
	if not partner or not may_dialback(partner, session) then
		return refuse(session, "no allowed method was offered");
	end
end, 1000);

-- The decision -------------------------------------------------------------------------------------

-- Calls `visit(session)` for every server-to-server stream, of this host or of all.
local function each_stream(host, visit)
	local found = {};
	for session in pairs(prosody.incoming_s2s) do
		if not host or session.to_host == host then
			table.insert(found, session);
		end
	end
	for name, one in pairs(prosody.hosts) do
		if not host or name == host then
			for _, session in pairs(one.s2sout or {}) do
				if session.direction == "outgoing" then
					table.insert(found, session);
				end
			end
		end
	end
	for _, session in ipairs(found) do
		visit(session);
	end
end

local function limit_problem(partner)
	local all, of_partner = 0, 0;
	each_stream(nil, function(session)
		if session.type == "s2sin" or session.type == "s2sout" then
			all = all + 1;
			if session.fedgate_partner == partner.domain then
				of_partner = of_partner + 1;
			end
		end
	end);
	if of_partner >= partner.connection_limit then
		return "the partner has its " .. partner.connection_limit .. " connections already";
	elseif all >= policy.connection_limit then
		return "all " .. policy.connection_limit .. " connections are in use";
	end
end

-- Streams of partners reach the hosts that have this policy, and no other one.
local function keep_to_policy(stanza, session)
	session.fedgate_last_stanza = os.time();
	local address = stanza.attr.to;
	if not address then
		return stanza;
	end
	-- As the router will read it, which takes `USER@HOST.` for `user@host`.
	local _, host = jid.prepped_split(address);
	local target = host and prosody.hosts[host];
	if not host or target and not target.modules.fedgate_policy then
		module:log("warn", "refused %s: a stanza for %s, which does not federate", remote_of(session), address);
		return nil;
	end
	return stanza;
end

local function note_activity(stanza, session)
	session.fedgate_last_stanza = os.time();
	return stanza;
end

-- Every stream passes here before its first stanza, in both directions, whatever was offered.
module:hook("s2s-authenticated", function(event)
	local session, domain = event.session, event.host;
	local partner = partner_of(domain);
	if not partner then
		refuse(session, "not a federation partner", nil, domain);
		return false;
	end
	local method = session.secure and "tls_dialback" or "tcp_dialback";
	if event.mechanism == "EXTERNAL" then
		method = "sasl_tls";
	end
	if not partner[method] then
		refuse(session, method .. " is not allowed", nil, domain);
		return false;
	end
	local problem = method == "sasl_tls" and certificate_problem(session);
	if problem then
		refuse(session, problem, "not-authorized", domain);
		return false;
	end
	local is_first = session.type:match("_unauthed$");
	-- What was offered on the stream, and what is sent back on it, goes by the name in its header.
	if is_first and session.direction == "incoming" and session.from_host and partner_of(session.from_host) ~= partner then
		refuse(session, "its stream names another domain, " .. session.from_host, "invalid-from", domain);
		return false;
	end
	problem = is_first and limit_problem(partner);
	if problem then
		refuse(session, problem, "resource-constraint", domain);
		return false;
	end
	if not session.fedgate_methods then
		session.fedgate_methods = {};
		session.fedgate_partner = partner.domain;
		add_filter(session, "stanzas/in", keep_to_policy);
		add_filter(session, "stanzas/out", note_activity);
	end
	session.fedgate_methods[domain] = method;
	session.fedgate_last_stanza = os.time();
	module:log("info", "partner %s authenticated by %s (%s stream)", domain, method, session.direction);
end, 100);

-- Established streams ------------------------------------------------------------------------------

local function from_other_server(session)
	return session.type == "s2sin" or session.type == "s2sout";
end

-- A host without this module may have mod_s2s of its own; who came in there came in there only. The
-- dummy is no stream: by it mod_s2s tells our users what could not be delivered.
local function keep_others_out(event)
	local session = event.origin;
	if from_other_server(session) and not session.dummy and not session.fedgate_methods then
		module:log("warn", "refused %s: another host let its stream in", remote_of(session) or "unknown domain");
		return true;
	end
end

for _, name in ipairs { "message", "presence", "iq" } do
	for _, target in ipairs { "bare", "full", "host" } do
		module:hook(name .. "/" .. target, keep_others_out, 1000);
	end
end

-- Messages of strangers are for users who asked for them: by subscribing, or by being subscribed to.
local function keep_strangers_out(event)
	local session, stanza = event.origin, event.stanza;
	if not from_other_server(session) or stanza.attr.type == "error" then
		return;
	end
	local contact = jid.bare(stanza.attr.from);
	local _, domain = jid.split(contact);
	local partner = partner_of(domain);
	if not partner or partner.permissions.messages then
		return;
	end
	local user, host = jid.split(stanza.attr.to);
	if rostermanager.is_contact_subscribed(user, host, contact) or rostermanager.is_user_subscribed(user, host, contact) then
		return;
	end
	module:log("info", "refused a message from %s: not a contact of %s", contact, user);
	module:send(st.error_reply(stanza, "cancel", "service-unavailable"));
	return true;
end

module:hook("message/bare", keep_strangers_out, 100);
module:hook("message/full", keep_strangers_out, 100);

-- Prosody itself sends a blank when a stream has been silent for long. Without keep-alives it
-- neither does that nor closes the stream.
module:hook("s2s-read-timeout", function(event)
	local partner = partner_of(remote_of(event.session));
	if partner and not partner.keep_alive then
		return true;
	end
end, 100);

local function keep_alive()
	each_stream(local_host, function(session)
		local partner = partner_of(remote_of(session));
		if partner and partner.keep_alive and session.fedgate_methods and not session.notopen then
			session.sends2s(" ");
		end
	end);
	return policy.keep_alive_interval or 60;
end

local function close_idle()
	local now = os.time();
	each_stream(local_host, function(session)
		local last = session.fedgate_last_stanza;
		if last and policy.stream_inactivity_timeout and now - last >= policy.stream_inactivity_timeout then
			module:log("info", "closing the %s stream with %s: idle", session.direction, remote_of(session));
			session:close();
		end
	end);
	return math.min(policy.stream_inactivity_timeout or 60, 60);
end

-- Loading ------------------------------------------------------------------------------------------

module:depends("tls");
module:depends("saslauth");
module:depends("dialback");

-- Not with module:depends(), which refuses what is in modules_disabled; and there mod_s2s is, so that
-- nobody but this module loads it.
local function bring_up_s2s()
	local loaded, problem = modulemanager.load(local_host, "s2s");
	if not loaded and problem ~= "module-already-loaded" then
		module:log("error", "mod_s2s does not load: %s", tostring(problem));
	end
end

-- Streams that the policy in force would not let in.
local function close_refused()
	each_stream(local_host, function(session)
		for domain, method in pairs(session.fedgate_methods or {}) do
			local partner = partner_of(domain);
			if not partner then
				return refuse(session, "not a federation partner any more", nil, domain);
			elseif not partner[method] then
				return refuse(session, method .. " is not allowed any more", nil, domain);
			end
		end
	end);
end

local function apply_policy()
	local accepted, result, count = pcall(read_policy, module:get_option("fedgate_policy"));
	if accepted then
		policy = result;
		module:log("info", "policy in force: %d partners", count);
	else
		policy = { partners = {} };
		module:log("error", "no policy, so nobody federates: %s",
			type(result) == "table" and result.policy or tostring(result));
	end
	close_refused();
	return accepted;
end

module:hook_global("config-reloaded", function()
	if apply_policy() then
		bring_up_s2s();
	end
end);

function module.unload()
	modulemanager.unload(local_host, "s2s");
end

if not module:get_option_inherited_set("modules_disabled", {}):contains("s2s") then
	module:log("warn", "mod_s2s is not in modules_disabled: should this module fail to load, everybody could federate");
end

if apply_policy() then
	bring_up_s2s();
end
module:add_timer(keep_alive(), keep_alive);
module:add_timer(close_idle(), close_idle);
