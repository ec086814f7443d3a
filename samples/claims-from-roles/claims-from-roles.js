// Puts the user's roles into the tokens.
// Names of your own claims start with a URL that belongs to you.
// It need not lead anywhere.
const NAMESPACE = "https://example.com";

exports.onExecutePostLogin = async (event, api) => {
  const roles = event.authorization?.roles ?? [];

  // The ID token is for the application, the access token for the API.
  api.idToken.setCustomClaim(`${NAMESPACE}/roles`, roles);
  api.accessToken.setCustomClaim(`${NAMESPACE}/roles`, roles);

  if (event.organization) {
    api.accessToken.setCustomClaim(
      `${NAMESPACE}/organization`,
      event.organization.name,
    );
  }
};
