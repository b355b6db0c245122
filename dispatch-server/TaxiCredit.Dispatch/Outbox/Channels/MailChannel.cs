using System.Text;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace TaxiCredit.Dispatch.Outbox.Channels;

/// <summary>
/// Sends each message as mail to the address that is its recipient. A text for a person is sent as it is; anything else, a checkpoint say, as an attached
/// JSON. The <c>Message-Id</c> is the message's, so that a second one can be told. That a mail server takes it proves nothing of anybody having read it.
/// </summary>
internal sealed class MailChannel(MailSettings settings) : IOutboxChannel
{
    public const string ChannelName = "mail";

    public string Name => ChannelName;

    public async Task<DeliveryFault?> DeliverAsync(OutboxMessage message, CancellationToken stop)
    {
        if (!MailboxAddress.TryParse(message.Recipient, out var to) || !MailSettings.HasDomain(to))
            return new("recipient-is-no-mail-address", IsFinal: true);

        using var mail = Compose(message, to);
        using var client = new SmtpClient();
        try
        {
            await client.ConnectAsync(settings.Host!, settings.Port, settings.Security, stop);
            if (settings.User is not null)
                await client.AuthenticateAsync(settings.User, SecretText.Read(settings.Password, settings.PasswordFile), stop);
            await client.SendAsync(mail, stop);
        }
        catch (SmtpCommandException refused)
        {
            // 4xx passes, 5xx stays; the answer's text may name the recipient.
            return new($"smtp-{(int)refused.StatusCode}", IsFinal: (int)refused.StatusCode >= 500);
        }
        catch (AuthenticationException)
        {
            return new("smtp-sign-in-refused");
        }
        catch (SslHandshakeException)
        {
            return new("smtp-certificate-refused");
        }
        catch (NotSupportedException)
        {
            return new("smtp-without-tls");
        }

        await SayGoodbyeAsync(client, stop);
        return null;
    }

    private MimeMessage Compose(OutboxMessage message, MailboxAddress to)
    {
        var mail = new MimeMessage { MessageId = $"{message.MessageId:N}@taxicredit", Date = message.CreatedAt };
        mail.From.Add(MailboxAddress.Parse(settings.From!));
        mail.To.Add(to);
        // Nobody's absence is to be told to a machine.
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        var text = MessageText.Of(message);
        mail.Subject = text?.Subject ?? $"TaxiCredit {message.Kind}";
        var body = new BodyBuilder { TextBody = text?.Text ?? $"{message.Kind}.json" };
        if (text is null)
            body.Attachments.Add($"{message.Kind}.json", Encoding.UTF8.GetBytes(message.Payload), new ContentType("application", "json"));
        mail.Body = body.ToMessageBody();
        return mail;
    }

    /// <summary>The server has taken the mail: whatever happens now, it is sent.</summary>
    private static async Task SayGoodbyeAsync(SmtpClient client, CancellationToken stop)
    {
        try
        {
            await client.DisconnectAsync(quit: true, stop);
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or SmtpProtocolException or SmtpCommandException)
        {
        }
    }
}
