// Checks the identity once more before money can be transferred.
// Secret: STEP_UP_SECRET, shared with the page that does the check.
const CHECK_PAGE = "https://identity-check.example.com/start";
const SCOPE = "transfer:funds";

exports.onExecutePostLogin = async (event, api) => {
  if (!event.transaction?.requested_scopes?.includes(SCOPE)) {
    return;
  }

  // The page can verify this token, but anyone can read it: nothing personal.
  const token = api.redirect.encodeToken({
    secret: event.secrets.STEP_UP_SECRET,
    payload: { reason: SCOPE },
    expiresInSeconds: 300,
  });
  api.redirect.sendUserTo(CHECK_PAGE, { query: { session_token: token } });
};

// Runs when the page sends the browser back, with a token that it signed.
exports.onContinuePostLogin = async (event, api) => {
  // Throws, and so ends the login, when the token is forged, too old or
  // someone else's.
  const answer = api.redirect.validateToken({
    secret: event.secrets.STEP_UP_SECRET,
  });

  if (answer.verified === true) {
    api.accessToken.setCustomClaim(
      "https://example.com/step_up",
      answer.method,
    );
  } else {
    api.access.deny("The identity check was not passed.");
  }
};
