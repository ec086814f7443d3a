// Gives a new account its first metadata.
exports.onExecutePreUserRegistration = async (event, api) => {
  // user_metadata: preferences. Users can read and change these themselves.
  api.user.setUserMetadata("language", event.request.language ?? "en");
  api.user.setUserMetadata("tour_finished", false);

  // app_metadata: what users must not decide for themselves.
  api.user.setAppMetadata(
    "plan",
    event.client?.metadata.default_plan ?? "free",
  );
  const country = event.request.geoip.countryCode;
  api.user.setAppMetadata("signed_up_in", country ?? "unknown");
};
