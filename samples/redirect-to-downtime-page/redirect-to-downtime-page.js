// Sends users to a status page while their application is under maintenance.
// To start the maintenance, set `downtime` to "yes" in its metadata.
const STATUS_PAGE = "https://status.example.com/downtime";

exports.onExecutePostLogin = async (event, api) => {
  if (event.client.metadata.downtime === "yes") {
    // The login waits here until the page sends the browser back to /continue.
    api.redirect.sendUserTo(STATUS_PAGE, {
      query: { app: event.client.name },
    });
  }
};

// Runs when the browser comes back. Coming back early must not be a way in.
exports.onContinuePostLogin = async (event, api) => {
  if (event.client.metadata.downtime === "yes") {
    api.access.deny("We are under maintenance. Please try again later.");
  }
};
