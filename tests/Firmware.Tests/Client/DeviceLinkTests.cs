using System.Text;
using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Esp32;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Provisioning;
using TaxiCredit.Firmware.Logic.Wire;
using TaxiCredit.VirtualCab.M2Mqtt;
using TaxiCredit.VirtualCab.Mqtt;

namespace Firmware.Tests.Client;

/// <summary>The device's own link, compiled unchanged, on the stand-in of its client and against raw packets.</summary>
[TestClass]
public sealed class DeviceLinkTests : IDisposable
{
    private static int _last;

    private readonly ScriptedBroker _broker = new();
    private readonly List<LinkReport> _reports = [];
    private readonly string _id = $"link-{Interlocked.Increment(ref _last):D4}";
    private DeviceLink? _link;

    public void Dispose()
    {
        _link?.Dispose();
        _broker.Dispose();
    }

    /// <summary>Planted again, the fault that this stands for is a rotation whose cab stays off: a refusal read from the value that is never returned.</summary>
    [TestMethod]
    [DataRow(4)]
    [DataRow(5)]
    public async Task Refusal_ThatTheClientThrows_IsDenied(int code)
    {
        _broker.Answer = _ => (byte)code;
        await UntilAsync(Open(1), r => r.Kind == LinkReport.Denied && r.Number == 1);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public async Task Refusal_ForAnotherReason_IsNoDenial(int code)
    {
        _broker.Answer = _ => (byte)code;
        await UntilAsync(Open(1), r => r.Kind == LinkReport.Closed && r.Number == 1);
    }

    [TestMethod]
    public async Task Broker_ThatRefusesThenAccepts_IsDeniedThenOpened()
    {
        _broker.Answer = password => password.StartsWith('b') ? (byte)0 : (byte)4;
        DeviceLink link = Open(1, 'a');
        await UntilAsync(link, r => r.Kind == LinkReport.Denied);
        link.Open(2, new string('b', 43));
        await UntilAsync(link, r => r.Kind == LinkReport.Opened && r.Number == 2);
    }

    [TestMethod]
    public async Task Network_Down_IsClosedWithoutAConnection()
    {
        DeviceLink link = NewLink(new ClientFaults(0) { IsNetworkDown = true });
        link.Open(1, Password('a'));
        await UntilAsync(link, r => r.Kind == LinkReport.Closed && r.Number == 1);
        Assert.AreEqual(0, _broker.Connections);
    }

    [TestMethod]
    public async Task Subscriptions_Granted_AreReportedForTheirAttempt()
    {
        DeviceLink link = await OpenedAsync();
        link.Subscribe(new Topics(_id).Subscribed);
        await UntilAsync(link, r => r.Kind == LinkReport.Subscribed && r.Number == 1);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(128)]
    public async Task Subscriptions_NotGranted_AreAFailure(int granted)
    {
        _broker.Granted = (byte)granted;
        DeviceLink link = await OpenedAsync();
        link.Subscribe(new Topics(_id).Subscribed);
        await UntilAsync(link, r => r.Kind == LinkReport.Failed);
    }

    /// <summary>The acknowledgement was handled while <c>Publish</c> had not told the packet's id yet: it was taken for another's, and the link for silent.</summary>
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task Puback_BeforeOrAfterPublishReturns_IsThatOfTheMessage(bool isEarly)
    {
        DeviceLink link = await OpenedAsync(new ClientFaults(0) { IsAckEarly = isEarly });
        for (int id = 7; id < 30; id++)
        {
            link.Publish(id, "t", [1], false);
            await UntilAsync(link, r => r.Kind == LinkReport.Delivered && r.Number == id);
        }
    }

    [TestMethod]
    public async Task Message_WithoutPuback_IsSentThreeTimesAndThenFailed()
    {
        _broker.Acknowledges = false;
        DeviceLink link = await OpenedAsync(new ClientFaults(0) { Retry = TimeSpan.FromMilliseconds(10), IsAckEarly = false });
        link.Publish(5, "t", [1], false);
        await UntilAsync(link, r => r.Kind == LinkReport.Failed && r.Number == 5);
        Assert.AreEqual(3, _broker.Published.Count());
    }

    [TestMethod]
    public async Task Connection_ThatBreaksBeforePuback_SendsNothingAgain()
    {
        _broker.Acknowledges = false;
        DeviceLink link = await OpenedAsync(new ClientFaults(0) { IsAckEarly = false });
        link.Publish(5, "lost", [1], false);
        await _broker.Waiter.UntilAsync(() => _broker.Published.Any(), "the message is on its way");
        _broker.Break();
        await UntilAsync(link, r => r.Kind == LinkReport.Closed);
        _broker.Acknowledges = true;
        link.Open(2, Password('a'));
        await UntilAsync(link, r => r.Kind == LinkReport.Opened && r.Number == 2);
        link.Publish(6, "next", [1], false);
        await UntilAsync(link, r => r.Kind == LinkReport.Delivered && r.Number == 6);
        CollectionAssert.AreEqual(new[] { "lost", "next" }, _broker.Published.ToArray());
    }

    /// <summary>A broker that takes the connection and says nothing holds the thread for ever, as connecting has no time-out.</summary>
    [TestMethod]
    public async Task Worker_ThatNeverReturns_IsReplacedAndFourOfThemAreTheEnd()
    {
        using var hang = new ManualResetEventSlim();
        _broker.Answer = _ => null;
        DeviceLink link = NewLink(new ClientFaults(0) { Hang = hang });
        for (int attempt = 1; attempt <= M2MqttLink.MaxLost + 1; attempt++)
        {
            link.Open(attempt, Password('a'));
            int tries = attempt;
            await _broker.Waiter.UntilAsync(() => _broker.Passwords.Count == tries, $"attempt {attempt} is being made");
            Assert.IsTrue(link.IsAlive);
        }

        link.Open(M2MqttLink.MaxLost + 2, Password('a'));
        Assert.IsFalse(link.IsAlive, "a restart is all that is left");

        hang.Set();
        await UntilAsync(link, r => r.Kind == LinkReport.Closed);
        _broker.Answer = _ => 0;
        link.Open(9, Password('a'));
        await UntilAsync(link, r => r.Kind == LinkReport.Opened && r.Number == 9);
        Assert.IsTrue(link.IsAlive, "those that came back after all have made room");
    }

    [TestMethod]
    public async Task Handler_OfAnEarlierClient_ReportsNothing()
    {
        DeviceLink link = await OpenedAsync();
        link.Open(2, Password('b'));
        await UntilAsync(link, r => r.Kind == LinkReport.Opened && r.Number == 2);
        Assert.DoesNotContain(r => r.Kind == LinkReport.Closed, _reports);
    }

    private static string Password(char of) => new(of, 43);

    private DeviceLink Open(int attempt, char password = 'a')
    {
        DeviceLink link = NewLink();
        link.Open(attempt, Password(password));
        return link;
    }

    private async Task<DeviceLink> OpenedAsync(ClientFaults? faults = null)
    {
        DeviceLink link = NewLink(faults);
        link.Open(1, Password('a'));
        await UntilAsync(link, r => r.Kind == LinkReport.Opened && r.Number == 1);
        return link;
    }

    private DeviceLink NewLink(ClientFaults? faults = null)
    {
        string json = $$"""{"v":1,"id":"{{_id}}","key":"{{Base64Url.Encode(TestCab.RootKey)}}","epoch":1,"broker":"127.0.0.1","port":{{_broker.Port}},"tls":false}""";
        UnitConfig config = UnitConfig.Read(Encoding.UTF8.GetBytes(json), out _)!;
        return _link = new DeviceLink(config, _broker.Waiter.Notify, faults ?? new ClientFaults(0));
    }

    private Task UntilAsync(DeviceLink link, Func<LinkReport, bool> isIt) => _broker.Waiter.UntilAsync(
        () =>
        {
            for (var report = new LinkReport(); link.Inbox.TryTake(report); report = new LinkReport()) _reports.Add(report);
            return _reports.Any(isIt);
        },
        "the report");
}
