// Tells users by e-mail that their password was changed.
// Dependency: nodemailer.
// Secrets: SMTP_HOST, SMTP_PORT, SMTP_USER and SMTP_PASSWORD.
// Without SMTP_USER it speaks to a plain server, such as a mail catcher
// on your own machine.
const nodemailer = require("nodemailer");

exports.onExecutePostChangePassword = async (event, api) => {
  if (!event.user.email) {
    console.log("no e-mail address, nobody to tell");
    return;
  }

  const { SMTP_HOST, SMTP_PORT, SMTP_USER, SMTP_PASSWORD } = event.secrets;
  const server = nodemailer.createTransport({
    host: SMTP_HOST,
    port: Number(SMTP_PORT),
    requireTLS: Boolean(SMTP_USER), // a password never travels in the open
    auth: SMTP_USER ? { user: SMTP_USER, pass: SMTP_PASSWORD } : undefined,
    connectionTimeout: 5_000,
  });

  const when = event.user.last_password_reset;
  await server.sendMail({
    from: "Example Security <security@example.com>",
    to: event.user.email,
    subject: "Your password was changed",
    text: [
      "Hello,",
      "",
      `the password of your account was changed on ${when}.`,
      "If this was not you, please contact us at once.",
      "",
    ].join("\n"),
  });
  console.log(`told ${event.user.email}`);
};
