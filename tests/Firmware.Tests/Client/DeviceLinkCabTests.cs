using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic.Wire;
using TaxiCredit.VirtualCab;

namespace Firmware.Tests.Client;

/// <summary>A whole virtual cab on the device's own link.</summary>
[TestClass]
public sealed class DeviceLinkCabTests : IAsyncDisposable
{
    private readonly ScriptedBroker _broker = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("device-link-").FullName;
    private readonly CancellationTokenSource _stop = new();
    private Task _run = Task.CompletedTask;
    private Cab? _cab;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        _cab?.Dispose();
        _stop.Dispose();
        _broker.Dispose();
        Directory.Delete(_folder, true);
    }

    /// <summary>The announcement has reached the cab, and the broker, which learns passwords by file, knows only the one before.</summary>
    [TestMethod]
    public async Task Rotation_BrokerWithTheOldPassword_RefusesTheNewAndAcceptsTheOld()
    {
        var keys = new Keyring();
        keys.Set(TestCab.RootKey, 2, false);
        _broker.Answer = password => password == keys.Password(1) ? (byte)0 : (byte)4;
        Start(announced: 2);
        await _broker.Waiter.UntilAsync(() => _broker.Published.Any(), "the cab is online");
        CollectionAssert.AreEqual(new[] { keys.Password(2), keys.Password(1) }, _broker.Passwords.ToArray());

        // The file has been read: the old one is refused from now on.
        _broker.Answer = password => password == keys.Password(2) ? (byte)0 : (byte)4;
        int states = _broker.Published.Count();
        _broker.Break();
        await _broker.Waiter.UntilAsync(() => _broker.Published.Count() > states, "the cab is online again");
        Assert.AreEqual(keys.Password(2), _broker.Passwords.Last());
    }

    [TestMethod]
    public async Task Broker_ThatRefusesAndThenAccepts_IsReachedWithoutARestart()
    {
        int refusals = 2;
        _broker.Answer = _ => Interlocked.Decrement(ref refusals) >= 0 ? (byte)5 : (byte)0;
        Start();
        await _broker.Waiter.UntilAsync(() => _broker.Published.Any(), "the cab is online");
        Assert.AreEqual(1u, _cab!.Unit.Counters.Boot);
    }

    private void Start(int announced = 1)
    {
        string id = $"cab-{_broker.Port}";
        string path = Path.Combine(_folder, "config.json");
        File.WriteAllText(
            path,
            $$"""{"v":1,"id":"{{id}}","key":"{{Base64Url.Encode(TestCab.RootKey)}}","epoch":1,"broker":"127.0.0.1","port":{{_broker.Port}},"tls":false}""");
        _cab = new Cab(path, new LinkSettings(1000, IsDevice: true), TimeProvider.System);
        if (announced > 1)
        {
            string topic = new Topics(id).Config;
            _cab.Inject(topic, Message.Seal(topic, $"\"rev\":{TestCab.Epoch},\"now\":{TestCab.Epoch},\"heartbeat\":60,\"day\":1000,\"night\":20,\"dayLux\":2000,\"nightLux\":5,\"epoch\":{announced}"));
        }

        _run = _cab.RunAsync(_stop.Token);
    }
}
