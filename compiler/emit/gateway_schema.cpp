#include "compiler/emit/gateway_schema.h"

#include <initializer_list>
#include <string_view>
#include <utility>

#include "rules/facts/negotiation.h"
#include "schema/base/json_writer.h"
#include "schema/fields.h"

namespace fedgate::emit {

namespace {

// An A-label domain name, as gateway.json writes them all.
constexpr std::string_view kNamePattern =
    "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$";
// The names of gateways and certificates.
constexpr std::string_view kPlainNamePattern = "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$";
constexpr std::string_view kDatePattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

class SchemaWriter {
 public:
  auto run() -> std::string {
    json_.begin_object();
    json_.member("$schema", "https://json-schema.org/draft/2020-12/schema");
    json_.member("title", "fedgate gateway configuration");
    json_.member("description", "The runtime configuration of an XMPP federation gateway.");
    body({"version", "gateway", "partners", "unicode"});
    property("version", [this] { json_.member("const", std::int64_t{1}); });
    property("gateway", [this] { write_gateway(); });
    list("partners", "in order of domain", [this] {
      json_.begin_object();
      write_partner();
      json_.end_object();
    });
    property("unicode", [this] {
      json_.member("description", "each name of this file that has U-labels, in that form");
      json_.member("type", "object");
      json_.key("propertyNames");
      reference("name");
      json_.key("additionalProperties");
      text_schema();
    });
    end_body();
    write_definitions();
    json_.end_object();
    text_ += '\n';
    return text_;
  }

 private:
  // Opens the members of an object schema, which is begun already; end_body() closes them.
  void body(std::initializer_list<std::string_view> required) {
    json_.member("type", "object");
    json_.member("additionalProperties", false);
    json_.key("required");
    json_.begin_array();
    for (const std::string_view name : required) {
      json_.string(name);
    }
    json_.end_array();
    json_.key("properties");
    json_.begin_object();
  }
  void end_body() { json_.end_object(); }

  template <typename Write>
  void property(std::string_view name, Write write) {
    json_.key(name);
    json_.begin_object();
    write();
    json_.end_object();
  }
  template <typename WriteItem>
  void list(std::string_view name, std::string_view description, WriteItem write_item) {
    property(name, [&] {
      json_.member("description", description);
      json_.member("type", "array");
      json_.key("items");
      write_item();
    });
  }
  void reference(std::string_view definition) {
    json_.begin_object();
    json_.member("$ref", "#/$defs/" + std::string(definition));
    json_.end_object();
  }
  void reference(std::string_view name, std::string_view definition) {
    json_.key(name);
    reference(definition);
  }
  void text_schema() {
    json_.begin_object();
    json_.member("type", "string");
    json_.member("minLength", std::int64_t{1});
    json_.end_object();
  }
  void text(std::string_view name) {
    json_.key(name);
    text_schema();
  }
  void pattern(std::string_view name, std::string_view pattern) {
    property(name, [&] {
      json_.member("type", "string");
      json_.member("pattern", pattern);
    });
  }
  void integer(std::string_view name, std::int64_t maximum) {
    property(name, [&] {
      json_.member("type", "integer");
      json_.member("minimum", std::int64_t{1});
      json_.member("maximum", maximum);
    });
  }
  void boolean(std::string_view name) {
    property(name, [this] { json_.member("type", "boolean"); });
  }
  template <typename Enum>
  void words() {
    json_.key("enum");
    json_.begin_array();
    for (const spec::Word& word : spec::kWords<Enum>) {
      json_.string(word.text);
    }
    json_.end_array();
  }

  void write_gateway();
  void write_edges();
  void write_partner();
  void write_posture();
  void write_definitions();

  std::string text_;
  JsonWriter json_{text_};
};

void SchemaWriter::write_gateway() {
  body({"name", "platform", "domains", "sip_domains", "access_edge", "limits", "timeouts",
        "log_message_bodies"});
  pattern("name", kPlainNamePattern);
  property("platform", [this] { words<spec::Platform>(); });
  reference("domains", "names");
  reference("sip_domains", "names");
  write_edges();
  pattern("certificate", kPlainNamePattern);
  property("limits", [this] {
    body({"connection_limit", "partner_connection_limit"});
    integer("connection_limit", spec::kMaxUint32);
    integer("partner_connection_limit", spec::kMaxUint32);
    end_body();
  });
  property("timeouts", [this] {
    json_.member("description", "in seconds");
    body({"keep_alive_interval", "stream_establishment_timeout", "stream_inactivity_timeout",
          "subscription_refresh_interval"});
    integer("keep_alive_interval", spec::kMaxUint32);
    integer("stream_establishment_timeout", spec::kMaxUint32);
    integer("stream_inactivity_timeout", spec::kMaxUint32);
    integer("subscription_refresh_interval", spec::kMaxUint32);
    end_body();
  });
  boolean("log_message_bodies");
  property("dialback_passphrase", [this] {
    json_.member("description", "where the secret is kept: an environment variable or a file");
    body({});
    text("env");
    text("file");
    end_body();
    json_.member("minProperties", std::int64_t{1});
    json_.member("maxProperties", std::int64_t{1});
  });
  end_body();
}

void SchemaWriter::write_edges() {
  property("access_edge", [this] {
    body({"fqdn", "addresses", "port"});
    reference("fqdn", "name");
    list("addresses", "IPv4 and IPv6 addresses", [this] {
      json_.begin_object();
      json_.key("anyOf");
      json_.begin_array();
      for (const std::string_view format : {"ipv4", "ipv6"}) {
        json_.begin_object();
        json_.member("type", "string");
        json_.member("format", format);
        json_.end_object();
      }
      json_.end_array();
      json_.end_object();
    });
    integer("port", spec::kMaxUint16);
    end_body();
  });
  property("web_conferencing_edge", [this] {
    body({"fqdn"});
    reference("fqdn", "name");
    end_body();
  });
}

void SchemaWriter::write_posture() {
  reference("tls", "negotiation");
  reference("sasl", "negotiation");
  boolean("dialback");
}

void SchemaWriter::write_partner() {
  body({"domain", "additional_domains", "type", "permissions", "tls", "sasl", "dialback", "methods",
        "connection_limit", "keep_alive"});
  reference("domain", "name");
  reference("additional_domains", "names");
  text("description");
  property("type", [this] { words<spec::PartnerType>(); });
  property("permissions", [this] {
    json_.member("description", "what the partner's users may do, and see, unasked");
    body({"add_contacts_without_consent", "message_without_consent", "see_status_notes"});
    boolean("add_contacts_without_consent");
    boolean("message_without_consent");
    boolean("see_status_notes");
    end_body();
  });
  write_posture();
  reference("methods", "methods");
  property("peer", [this] {
    json_.member("description", "the partner's own side, where it is known");
    body({"tls", "sasl", "dialback"});
    write_posture();
    end_body();
  });
  reference("agreed_methods", "methods");
  integer("connection_limit", spec::kMaxUint32);
  boolean("keep_alive");
  reference("proxy_fqdn", "name");
  pattern("agreement_until", kDatePattern);
  end_body();
  json_.key("dependentRequired");
  json_.begin_object();
  for (const auto& [present, needed] :
       {std::pair{"peer", "agreed_methods"}, std::pair{"agreed_methods", "peer"}}) {
    json_.key(present);
    json_.begin_array();
    json_.string(needed);
    json_.end_array();
  }
  json_.end_object();
}

void SchemaWriter::write_definitions() {
  json_.key("$defs");
  json_.begin_object();
  property("name", [this] {
    json_.member("description", "a domain name of A-labels in lower case");
    json_.member("type", "string");
    json_.member("maxLength", std::int64_t{253});
    json_.member("pattern", kNamePattern);
  });
  property("names", [this] {
    json_.member("type", "array");
    json_.member("uniqueItems", true);
    reference("items", "name");
  });
  property("negotiation", [this] { words<spec::Negotiation>(); });
  property("methods", [this] {
    json_.member("description", "how a stream may end up authenticated, strongest first");
    json_.member("type", "array");
    json_.member("uniqueItems", true);
    property("items", [this] {
      json_.key("enum");
      json_.begin_array();
      for (const rules::Method method :
           {rules::Method::sasl_tls, rules::Method::tls_dialback, rules::Method::tcp_dialback}) {
        json_.string(rules::word(method));
      }
      json_.end_array();
    });
  });
  json_.end_object();
}

}  // namespace

auto gateway_json_schema() -> std::string { return SchemaWriter().run(); }

}  // namespace fedgate::emit
