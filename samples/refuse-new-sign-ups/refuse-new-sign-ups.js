// Closes the door for new accounts, but not for colleagues.
const OUR_DOMAIN = "@example.com";

exports.onExecutePreUserRegistration = async (event, api) => {
  const email = event.user.email ?? "";

  if (!email.toLowerCase().endsWith(OUR_DOMAIN)) {
    // The first text is for the log, the second one for the person.
    api.access.deny(
      "sign_ups_closed",
      "We are not accepting sign-ups at the moment.",
    );
  }
};
