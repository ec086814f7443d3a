// Refuses logins from countries on a list (two letters each, ISO 3166-1).
const DENIED = new Set(["AQ", "BV"]); // Antarctica, Bouvet Island

exports.onExecutePostLogin = async (event, api) => {
  const { countryCode, countryName } = event.request.geoip;

  // Not every address can be placed on the map: an unknown country may pass.
  if (DENIED.has(countryCode)) {
    api.access.deny(`Logins from ${countryName} are not allowed.`);
  }
};
