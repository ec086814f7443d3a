// Gives a machine the scopes it is meant to have.
// They stand in the metadata of its application:
// allowed_scopes = "read:orders write:orders".
exports.onExecuteCredentialsExchange = async (event, api) => {
  const { allowed_scopes = "", owner } = event.client.metadata;
  const allowed = allowed_scopes.split(" ").filter(Boolean);
  const requested = event.transaction.requested_scopes;

  const refused = requested.filter((scope) => !allowed.includes(scope));
  if (refused.length > 0) {
    api.access.deny("invalid_scope", `Not allowed: ${refused.join(", ")}`);
    return;
  }

  // A client that asks for nothing in particular gets all it may have.
  api.transaction.setTargetScopes(requested.length > 0 ? requested : allowed);

  if (owner) {
    api.accessToken.setCustomClaim("https://example.com/owner", owner);
  }
};
