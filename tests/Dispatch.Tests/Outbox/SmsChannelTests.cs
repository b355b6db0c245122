using Microsoft.Extensions.Time.Testing;
using TaxiCredit.Dispatch.Outbox;
using TaxiCredit.Dispatch.Outbox.Channels;

namespace Dispatch.Tests.Outbox;

/// <summary>Against a gateway on this machine.</summary>
[TestClass]
public sealed class SmsChannelTests
{
    [TestMethod]
    public async Task Deliver_Json_IsFilledAndEscaped()
    {
        using var gateway = new LoopbackHttp(LoopbackHttp.Answer(200));
        var settings = new SmsSettings
        {
            Url = gateway.Address + "/send?key={secret}", Headers = new() { ["X-Id"] = "{id}" }, Secret = "s&t", Body = """{"to":"{to}","say":"{text}"}""",
        };
        var message = Message("甲 \"乙\" {secret}");

        Assert.IsNull(await SendAsync(settings, message));

        var request = gateway.Requests.Single();
        Assert.StartsWith("POST /send?key=s%26t HTTP/1.1\r\n", request);
        Assert.Contains($"\r\nX-Id: {message.MessageId:N}\r\n", request);
        using var body = System.Text.Json.JsonDocument.Parse(request.Split("\r\n\r\n")[1]);
        Assert.AreEqual("+8613800138000", body.RootElement.GetProperty("to").GetString());
        Assert.AreEqual("甲 \"乙\" {secret}", body.RootElement.GetProperty("say").GetString(), "a text gets no secret");
    }

    [TestMethod]
    public async Task Deliver_Form_IsEscaped()
    {
        using var gateway = new LoopbackHttp(LoopbackHttp.Answer(200));
        var settings = new SmsSettings { Url = gateway.Address, ContentType = "application/x-www-form-urlencoded", Body = "m={to}&c={text}" };

        Assert.IsNull(await SendAsync(settings, Message("a&b=c")));

        Assert.EndsWith("\r\n\r\nm=%2B8613800138000&c=a%26b%3Dc", gateway.Requests.Single());
    }

    [TestMethod]
    [DataRow(200, """{"code":"0"}""", null, false)]
    [DataRow(200, """{"code":0}""", null, false)]
    [DataRow(200, """{"code":7}""", "gateway-said-no", false)]
    [DataRow(200, """{"kode":0}""", "gateway-said-no", false)]
    [DataRow(200, "[0]", "gateway-said-no", false)]
    [DataRow(200, "ok", "gateway-said-no", false)]
    [DataRow(200, "", "gateway-said-no", false)]
    [DataRow(400, """{"code":0}""", "http-400", true)]
    [DataRow(500, """{"code":0}""", "http-500", false)]
    [DataRow(503, "", "http-503", false)]
    public async Task Deliver_ByTheAnswer_IsDeliveredRetriedOrFinal(int status, string body, string? reason, bool isFinal)
    {
        using var gateway = new LoopbackHttp(LoopbackHttp.Answer(status, body));

        var fault = await SendAsync(new() { Url = gateway.Address, SuccessField = "code" }, Message("a"));

        Assert.AreEqual(reason is null ? null : new DeliveryFault(reason, isFinal), fault);
    }

    [TestMethod]
    public async Task Deliver_LongAnswer_IsNotBelieved()
    {
        using var gateway = new LoopbackHttp(LoopbackHttp.Answer(200, """{"code":0,"x":"y""" + new string('z', 70_000) + "\"}"));

        Assert.AreEqual(new DeliveryFault("gateway-said-no"), await SendAsync(new() { Url = gateway.Address, SuccessField = "code" }, Message("a")));
    }

    [TestMethod]
    [DataRow("Retry-After: 120", 120)]
    [DataRow("Retry-After: Tue, 02 Jan 2018 09:03:00 GMT", 180)]
    [DataRow("X-Other: 1", null)]
    public async Task Deliver_TooMany_WaitsForAsLongAsAsked(string header, int? seconds)
    {
        using var gateway = new LoopbackHttp(LoopbackHttp.Answer(429, "", header));

        var fault = await SendAsync(new() { Url = gateway.Address }, Message("a"));

        Assert.AreEqual(new DeliveryFault("http-429", IsFinal: false, seconds is { } s ? TimeSpan.FromSeconds(s) : null), fault);
    }

    [TestMethod]
    public async Task Deliver_GatewayThatNeverAnswers_IsGivenUpAfterItsTime()
    {
        using var gateway = new LoopbackHttp((string?)null);
        using var client = WebhookChannel.CreateClient();

        var fault = await new SmsChannel(client, new() { Url = gateway.Address, TimeoutSeconds = 1 }, TimeProvider.System)
            .DeliverAsync(Message("a"), CancellationToken.None);

        Assert.AreEqual(new DeliveryFault("timeout"), fault);
        Assert.HasCount(1, gateway.Requests);
    }

    [TestMethod]
    [DataRow("1380", false)]
    [DataRow("13800", true)]
    [DataRow("+8613800138000", true)]
    [DataRow("12345678901234567890", true)]
    [DataRow("123456789012345678901", false)]
    [DataRow("138-0013", false)]
    [DataRow("", false)]
    [DataRow("+", false)]
    public async Task Deliver_ToANumberAlone(string recipient, bool sent)
    {
        using var gateway = new LoopbackHttp(LoopbackHttp.Answer(200));

        var fault = await SendAsync(new() { Url = gateway.Address }, Message("a", recipient));

        Assert.AreEqual(sent ? null : new DeliveryFault("recipient-is-no-number", IsFinal: true), fault);
        Assert.HasCount(sent ? 1 : 0, gateway.Requests);
    }

    [TestMethod]
    public async Task Deliver_WhatIsNoText_FailsForGood()
    {
        using var gateway = new LoopbackHttp(LoopbackHttp.Answer(200));
        var message = Message("a");
        var checkpoint = new OutboxMessage
        {
            MessageId = message.MessageId, Channel = "sms", Recipient = message.Recipient, Kind = "log-checkpoint", Payload = "{}",
            CreatedAt = message.CreatedAt, NextAttemptAt = message.NextAttemptAt,
        };

        Assert.AreEqual(new DeliveryFault("message-is-no-text", IsFinal: true), await SendAsync(new() { Url = gateway.Address }, checkpoint));
    }

    [TestMethod]
    [DataRow("http://sms.example.org", "POST", 8, "Url is no https:// address without name and password in it.")]
    [DataRow("https://a:b@sms.example.org", "POST", 8, "Url is no https:// address without name and password in it.")]
    [DataRow("https://sms.example.org/{id}", "DELETE", 8, "Method is 'DELETE'; POST, PUT or GET.")]
    [DataRow("https://sms.example.org", "POST", 0, "TimeoutSeconds is 0; 1 to 9 s.")]
    [DataRow("https://sms.example.org", "POST", 1, null)]
    [DataRow("https://sms.example.org", "PUT", 9, null)]
    [DataRow("https://sms.example.org", "POST", 10, "TimeoutSeconds is 10; 1 to 9 s.")]
    public void Settings_Ranges_AreTold(string url, string method, int timeout, string? fault) => Assert.AreEqual(
        fault is null ? null : "Outbox:Sms:" + fault, new SmsSettings { Url = url, Method = method, TimeoutSeconds = timeout }.FindFault());

    [TestMethod]
    public void Settings_TemplateWithoutNumberOrType_AreTold()
    {
        Assert.AreEqual(
            "Outbox:Sms:Body names neither in it nor in Url both {to} and {text}.",
            new SmsSettings { Url = "https://sms.example.org", Body = "{to}" }.FindFault());
        StringAssert.StartsWith(new SmsSettings { Url = "https://sms.example.org", ContentType = "text/plain" }.FindFault(), "Outbox:Sms:ContentType is");
    }

    private static async Task<DeliveryFault?> SendAsync(SmsSettings settings, OutboxMessage message)
    {
        using var client = WebhookChannel.CreateClient();
        var time = new FakeTimeProvider(new(2018, 1, 2, 9, 0, 0, TimeSpan.Zero));
        return await new SmsChannel(client, settings, time).DeliverAsync(message, CancellationToken.None);
    }

    private static OutboxMessage Message(string text, string recipient = "+8613800138000") => new()
    {
        MessageId = Guid.NewGuid(), Channel = SmsChannel.ChannelName, Recipient = recipient, Kind = "desk-notice",
        Payload = new MessageText("s", text).ToJson(), CreatedAt = DateTimeOffset.UnixEpoch, NextAttemptAt = DateTimeOffset.UnixEpoch,
    };
}
