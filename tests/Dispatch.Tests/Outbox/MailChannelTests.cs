using MimeKit;
using TaxiCredit.Dispatch.Outbox;
using TaxiCredit.Dispatch.Outbox.Channels;

namespace Dispatch.Tests.Outbox;

/// <summary>Against a mail server on this machine.</summary>
[TestClass]
public sealed class MailChannelTests
{
    [TestMethod]
    public async Task Deliver_TextForAPerson_ArrivesAsWritten()
    {
        using var server = new LoopbackSmtp();
        var message = Message("""{"subject":"有待办事项","text":"有事项等您处理：https://credit.example.org/bureau","about":"x"}""");

        Assert.IsNull(await SendAsync(server, message));

        var mail = await ReadAsync(server);
        Assert.AreEqual("有待办事项", mail.Subject);
        Assert.AreEqual("有事项等您处理：https://credit.example.org/bureau", mail.TextBody?.Trim());
        Assert.AreEqual($"{message.MessageId:N}@taxicredit", mail.MessageId, "a second one can be told");
        Assert.AreEqual(("desk@example.org", "taxicredit@example.org"), (mail.To.Mailboxes.Single().Address, mail.From.Mailboxes.Single().Address));
        Assert.AreEqual("auto-generated", mail.Headers["Auto-Submitted"]);
        Assert.IsEmpty(mail.Attachments);
    }

    [TestMethod]
    public async Task Deliver_Checkpoint_ComesWithItAttached()
    {
        using var server = new LoopbackSmtp();

        Assert.IsNull(await SendAsync(server, Message("""{"checkpoint":"log.example.org\n12\n…"}""")));

        var mail = await ReadAsync(server);
        Assert.AreEqual("TaxiCredit log-checkpoint", mail.Subject);
        var attached = (MimePart)mail.Attachments.Single();
        Assert.AreEqual("log-checkpoint.json", attached.FileName);
        using var bytes = new MemoryStream();
        await attached.Content!.DecodeToAsync(bytes);
        Assert.AreEqual("""{"checkpoint":"log.example.org\n12\n…"}""", System.Text.Encoding.UTF8.GetString(bytes.ToArray()));
    }

    [TestMethod]
    [DataRow("RCPT", "550 no such user", "smtp-550", true)]
    [DataRow("RCPT", "450 mailbox busy", "smtp-450", false)]
    [DataRow("MAIL", "451 try later", "smtp-451", false)]
    [DataRow("dot", "554 rejected", "smtp-554", true)]
    [DataRow("dot", "452 no room", "smtp-452", false)]
    public async Task Deliver_ByTheAnswer_IsRetriedOrFinal(string command, string answer, string reason, bool isFinal)
    {
        using var server = new LoopbackSmtp((command, answer));

        Assert.AreEqual(new DeliveryFault(reason, isFinal), await SendAsync(server, Message("{}")));
    }

    [TestMethod]
    public async Task Deliver_SignInRefused_SaysSoWithoutThePassword()
    {
        using var server = new LoopbackSmtp(("AUTH", "535 no"));

        var fault = await SendAsync(server, Message("{}"), user: "taxicredit", password: "geheim-4711");

        Assert.AreEqual(new DeliveryFault("smtp-sign-in-refused"), fault);
        Assert.DoesNotContain("geheim", $"{fault}");
    }

    [TestMethod]
    public async Task Deliver_ServerWithoutTls_IsNotSpokenToInClear()
    {
        using var server = new LoopbackSmtp();

        Assert.AreEqual(new DeliveryFault("smtp-without-tls"), await SendAsync(server, Message("{}"), tls: "starttls", user: "taxicredit", password: "x"));
        Assert.IsEmpty(server.Commands.Where(c => c.StartsWith("AUTH", StringComparison.Ordinal) || c.StartsWith("MAIL", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task Deliver_ServerThatNeverAnswers_EndsWithItsTime()
    {
        using var server = new LoopbackSmtp(("hello", null));
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAsync<OperationCanceledException>(() => Channel(server.Port).DeliverAsync(Message("{}"), stop.Token));
    }

    [TestMethod]
    public async Task Deliver_TakenAndThenSilent_IsDelivered()
    {
        using var server = new LoopbackSmtp(("QUIT", null));
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(2));

        Assert.IsNull(await Channel(server.Port).DeliverAsync(Message("{}"), stop.Token), "else it would be sent again");
        Assert.HasCount(1, server.Mails);
    }

    [TestMethod]
    [DataRow("desk")]
    [DataRow("desk@example.org\r\nBcc: all@example.org")]
    public async Task Deliver_ToNoMailAddress_FailsForGood(string recipient)
    {
        using var server = new LoopbackSmtp();

        Assert.AreEqual(new DeliveryFault("recipient-is-no-mail-address", IsFinal: true), await SendAsync(server, Message("{}", recipient)));
        Assert.IsEmpty(server.Mails);
    }

    [TestMethod]
    [DataRow("mail.example.org", 587, "starttls", "a@example.org", null, null)]
    [DataRow("127.0.0.1", 1, "none", "a@example.org", null, null)]
    [DataRow("mail.example.org", 65_535, "implicit", "a@example.org", null, null)]
    [DataRow("mail.example.org", 0, "starttls", "a@example.org", null, "Port is 0; 1 to 65535.")]
    [DataRow("mail.example.org", 65_536, "starttls", "a@example.org", null, "Port is 65536; 1 to 65535.")]
    [DataRow("mail.example.org", 587, "tls", "a@example.org", null, "Tls is 'tls'; starttls, implicit or none.")]
    [DataRow("mail.example.org", 587, "none", "a@example.org", null, "Tls is 'none'; that is for a server on this machine alone.")]
    [DataRow("mail.example.org", 587, "starttls", null, null, "From is missing; the address that mails come from.")]
    [DataRow("mail.example.org", 587, "starttls", "nobody", null, "From is 'nobody'; an address like taxicredit@example.org.")]
    [DataRow("mail.example.org", 587, "starttls", "a@example.org", "geheim", "User is missing.")]
    public void Settings_Ranges_AreToldWithoutSecrets(string host, int port, string tls, string? from, string? password, string? fault) => Assert.AreEqual(
        fault is null ? null : "Outbox:Mail:" + fault,
        new MailSettings { Host = host, Port = port, Tls = tls, From = from, Password = password }.FindFault());

    private static Task<DeliveryFault?> SendAsync(
        LoopbackSmtp server, OutboxMessage message, string tls = "none", string? user = null, string? password = null) =>
        Channel(server.Port, tls, user, password).DeliverAsync(message, CancellationToken.None);

    private static MailChannel Channel(int port, string tls = "none", string? user = null, string? password = null) =>
        new(new() { Host = "127.0.0.1", Port = port, Tls = tls, From = "taxicredit@example.org", User = user, Password = password });

    private static Task<MimeMessage> ReadAsync(LoopbackSmtp server) =>
        MimeMessage.LoadAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(server.Mails.Single())));

    private static OutboxMessage Message(string payload, string recipient = "desk@example.org") => new()
    {
        MessageId = Guid.NewGuid(), Channel = MailChannel.ChannelName, Recipient = recipient, Kind = "log-checkpoint", Payload = payload,
        CreatedAt = DateTimeOffset.UnixEpoch, NextAttemptAt = DateTimeOffset.UnixEpoch,
    };
}
