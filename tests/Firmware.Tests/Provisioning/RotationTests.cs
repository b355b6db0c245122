using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic.Memory;
using TaxiCredit.Firmware.Logic.Provisioning;
using TaxiCredit.Firmware.Logic.Wire;

namespace Firmware.Tests.Provisioning;

/// <summary>The key epoch, and what of it is stored.</summary>
[TestClass]
public sealed class RotationTests
{
    private readonly RamMemory _memory = new();
    private readonly Keyring _keys = new();
    private readonly Counters _counters;
    private readonly Rotation _rotation;

    public RotationTests()
    {
        _counters = new Counters(_memory, new byte[2000]);
        _counters.Load();
        _rotation = new Rotation(_keys, _counters);
    }

    [TestMethod]
    public void Rotation_WithoutAStoredEpoch_BeginsWithTheFirst()
    {
        _rotation.Load(TestCab.RootKey);
        Assert.AreEqual((1, true, 0), (_rotation.Epoch, _keys.Confirmed, _counters.Epoch));
    }

    [TestMethod]
    [DataRow(1, 7)]
    [DataRow(7, 7)]
    [DataRow(8, 8)]
    public void Rotation_Provisioned_TakesTheHigherEpoch(int provisioned, int expected)
    {
        _counters.Epoch = 7;
        _rotation.Provision(provisioned);
        _rotation.Load(TestCab.RootKey);
        Assert.AreEqual((expected, true), (_rotation.Epoch, _keys.Confirmed));
    }

    [TestMethod]
    public void Rotation_Announced_IsOpenUntilItIsHeard()
    {
        _rotation.Provision(3);
        _rotation.Load(TestCab.RootKey);
        _rotation.Announce(3);
        Assert.AreEqual((3, true), (_rotation.Epoch, _keys.Confirmed));

        _rotation.Announce(4);
        Assert.AreEqual((4, false, 0), (_rotation.Epoch, _keys.Confirmed, Stored().ConfirmedEpoch));
        Assert.IsNotNull(_keys.Down(3), "both epochs are valid");

        _rotation.Confirm(3);
        Assert.AreEqual((false, 0), (_keys.Confirmed, Stored().ConfirmedEpoch));

        _rotation.Confirm(4);
        Assert.AreEqual((true, 4), (_keys.Confirmed, Stored().ConfirmedEpoch));
        Assert.IsNull(_keys.Down(3));
    }

    /// <summary>After a restart the stored config announces again; what was heard of it is stored.</summary>
    [TestMethod]
    [DataRow(3, false)]
    [DataRow(4, true)]
    [DataRow(5, true)]
    public void Rotation_AnnouncedAfterARestart_IsConfirmedIfItWasHeard(int heard, bool isConfirmed)
    {
        (_counters.Epoch, _counters.ConfirmedEpoch) = (3, heard);
        _rotation.Load(TestCab.RootKey);
        _rotation.Announce(4);
        Assert.AreEqual((4, isConfirmed), (_rotation.Epoch, _keys.Confirmed));
        _rotation.Load(TestCab.RootKey);
        Assert.AreEqual((4, isConfirmed), (_rotation.Epoch, _keys.Confirmed));
    }

    [TestMethod]
    public void Rotation_OfAWipedMemory_IsForgotten()
    {
        _rotation.Load(TestCab.RootKey);
        _rotation.Announce(4);
        _rotation.Forget();
        _rotation.Load(TestCab.RootKey);
        Assert.AreEqual(1, _rotation.Epoch);
    }

    [TestMethod]
    public void Rotation_ConfirmedAgain_WritesNothing()
    {
        _rotation.Load(TestCab.RootKey);
        _rotation.Confirm(1);
        Assert.AreEqual(1, Stored().ConfirmedEpoch);
        long written = _memory.Written;
        _rotation.Confirm(1);
        _rotation.Announce(1);
        Assert.AreEqual(written, _memory.Written);
    }

    private Counters Stored()
    {
        var stored = new Counters(_memory, new byte[2000]);
        stored.Load();
        return stored;
    }
}
