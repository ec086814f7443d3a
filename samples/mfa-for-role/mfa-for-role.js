// Asks administrators for a second factor; everyone else logs in as before.
const ROLE = "Admin";

exports.onExecutePostLogin = async (event, api) => {
  // `authorization` is absent when roles are not in use.
  const roles = event.authorization?.roles ?? [];

  if (roles.includes(ROLE)) {
    // "any": the user may choose among the factors of the tenant.
    api.multifactor.enable("any");
  }
};
