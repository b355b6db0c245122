using Microsoft.Extensions.Time.Testing;
using TaxiCredit.Dispatch.Outbox;
using TaxiCredit.Dispatch.Outbox.Channels;

namespace Dispatch.Tests.Outbox;

/// <summary>Robots of both services, against a server on this machine.</summary>
[TestClass]
public sealed class RobotChannelTests
{
    private const string Key = "73febdcb-1b38-4d1b-a994-790f21fc8d30";

    private static readonly FakeTimeProvider Time = new(DateTimeOffset.FromUnixTimeMilliseconds(1_514_883_600_000));

    [TestMethod]
    public async Task Wecom_Text_IsSaidByTheRobotOfThatName()
    {
        using var service = new LoopbackHttp(LoopbackHttp.Answer(200, """{"errcode":0,"errmsg":"ok"}"""));

        Assert.IsNull(await WecomAsync(service, "desk"));

        var request = service.Requests.Single();
        Assert.StartsWith($"POST /?key={Key} HTTP/1.1\r\n", request);
        Assert.EndsWith("""{"msgtype":"text","text":{"content":"\u7532: https://here"}}""", request);
    }

    /// <summary>Signature worked out apart: Base64 of HMAC-SHA256("SECtest", "1514883600000 LF SECtest").</summary>
    [TestMethod]
    public async Task Dingtalk_WithASecret_IsSigned()
    {
        using var service = new LoopbackHttp(LoopbackHttp.Answer(200, """{"errcode":0}"""));
        using var client = WebhookChannel.CreateClient();
        var robot = new Robot { Key = Key, Secret = "SECtest" };
        var settings = new RobotSettings { Address = service.Address + "/", Robots = new() { ["desk"] = robot } };

        Assert.IsNull(await new DingtalkChannel(client, settings, Time).DeliverAsync(Message("desk"), CancellationToken.None));

        Assert.StartsWith(
            $"POST /?access_token={Key}&timestamp=1514883600000&sign=ewPM0R3wnL3eDVBKXd3aW%2FN%2FBq8cwK64KpSN2n4eO4c%3D HTTP/1.1\r\n",
            service.Requests.Single());
    }

    [TestMethod]
    [DataRow(200, """{"errcode":45009,"errmsg":"api freq out of limit"}""", "errcode-45009")]
    [DataRow(200, """{"errcode":310000}""", "errcode-310000")]
    [DataRow(200, """{"ok":true}""", "answer-not-understood")]
    [DataRow(200, "<html>", "answer-not-understood")]
    [DataRow(200, "", "answer-not-understood")]
    [DataRow(502, "", "http-502")]
    public async Task Deliver_AnythingButAYes_IsAFault(int status, string body, string reason)
    {
        using var service = new LoopbackHttp(LoopbackHttp.Answer(status, body));

        Assert.AreEqual(new DeliveryFault(reason), await WecomAsync(service, "desk"));
    }

    [TestMethod]
    public async Task Deliver_RobotOfNoName_WaitsUntilItIsSetUp()
    {
        using var service = new LoopbackHttp(LoopbackHttp.Answer(200));

        Assert.AreEqual(new DeliveryFault("robot-unknown"), await WecomAsync(service, "other"));
        Assert.IsEmpty(service.Requests);
    }

    [TestMethod]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Key_InAFile_IsReadForItsUserAlone()
    {
        var folder = Directory.CreateTempSubdirectory("taxicredit-key-").FullName;
        var file = Path.Combine(folder, "key");
        await File.WriteAllTextAsync(file, Key + "\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        var settings = new RobotSettings { Robots = new() { ["desk"] = new() { KeyFile = file } } };
        Assert.AreEqual($"Outbox:Wecom:Robots:desk:KeyFile is '{file}', which others may read: chmod 0600.", settings.FindFault("Outbox:Wecom"));

        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.IsNull(settings.FindFault("Outbox:Wecom"));
        using var service = new LoopbackHttp(LoopbackHttp.Answer(200, """{"errcode":0}"""));
        using var client = WebhookChannel.CreateClient();
        var channel = new WecomChannel(client, new() { Address = service.Address + "/", Robots = settings.Robots }, Time);
        Assert.IsNull(await channel.DeliverAsync(Message("desk"), CancellationToken.None));
        Assert.StartsWith($"POST /?key={Key} HTTP", service.Requests.Single());

        File.Delete(file);
        Assert.AreEqual($"Outbox:Wecom:Robots:desk:KeyFile is '{file}', which is not there or cannot be read.", settings.FindFault("Outbox:Wecom"));
        Directory.Delete(folder);
    }

    [TestMethod]
    public void Settings_Faults_NeverRepeatAKey()
    {
        string?[] faults =
        [
            new RobotSettings { Robots = new() { ["desk"] = new() } }.FindFault("Outbox:Wecom"),
            new RobotSettings { Robots = new() { ["desk"] = new() { Key = Key, KeyFile = "/x" } } }.FindFault("Outbox:Wecom"),
            new RobotSettings { Robots = new() { ["desk"] = new() { KeyFile = "relative" } } }.FindFault("Outbox:Wecom"),
            new RobotSettings { Address = $"http://far.example.org/?{Key}", Robots = [] }.FindFault("Outbox:Wecom"),
        ];

        CollectionAssert.AllItemsAreNotNull(faults);
        Assert.DoesNotContain(Key, string.Concat(faults));
    }

    private static async Task<DeliveryFault?> WecomAsync(LoopbackHttp service, string recipient)
    {
        using var client = WebhookChannel.CreateClient();
        var settings = new RobotSettings { Address = service.Address + "/", Robots = new() { ["desk"] = new() { Key = Key } } };
        return await new WecomChannel(client, settings, Time).DeliverAsync(Message(recipient), CancellationToken.None);
    }

    private static OutboxMessage Message(string recipient) => new()
    {
        MessageId = Guid.NewGuid(), Channel = WecomChannel.ChannelName, Recipient = recipient, Kind = "desk-notice",
        Payload = new MessageText("s", "甲: https://here").ToJson(), CreatedAt = DateTimeOffset.UnixEpoch, NextAttemptAt = DateTimeOffset.UnixEpoch,
    };
}
