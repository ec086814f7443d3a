// Writes a login log that a machine can read: one line of JSON per entry.
// Bind it first: the Actions after it find the id in
// event.transaction.metadata.correlation_id.
const { randomUUID } = require("node:crypto");

// A logger whose entries all carry the same fields.
const loggerFor =
  (fields) =>
  (message, more = {}) =>
    console.log(JSON.stringify({ message, ...fields, ...more }));

exports.onExecutePostLogin = async (event, api) => {
  const id = event.transaction?.correlation_id ?? randomUUID();
  api.transaction.setMetadata("correlation_id", id);

  // Ids, not names or addresses: logs live long and are read by many.
  const log = loggerFor({
    correlation_id: id,
    user: event.user.user_id,
    client: event.client.client_id,
  });
  log("login", {
    connection: event.connection.name,
    country: event.request.geoip.countryCode ?? null,
  });

  if (event.stats.logins_count === 1) {
    log("first login");
  }
};
