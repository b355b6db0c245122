using Firmware.Tests.Bench;

namespace Firmware.Tests.Link;

/// <summary>
/// Two of the three faults that would have darkened every healthy unit (the third is in <c>PlantedConverterTests</c>), each tried sound and planted again: what
/// these tests ask for is what the fault takes away, so a unit that has it cannot pass.
/// </summary>
[TestClass]
public sealed class PlantedLinkTests
{
    private const long Hour = 3600000;

    /// <summary>A rotation is open, and the broker knows only the password before: the unit finds out by the refusal, or never.</summary>
    [TestMethod]
    [DataRow(false, true, DisplayName = "sound")]
    [DataRow(true, false, DisplayName = "planted: refusal swallowed")]
    public void Rotation_AtABrokerOfTheOldPassword_IsOnlineAgainUnlessTheRefusalIsSwallowed(bool isPlanted, bool comesBack)
    {
        var cab = new TestCab();
        cab.Link.IsBrokerUp = true;
        cab.Start().Settle();
        cab.Receive(Message.ConfigTopic, Message.Config(announced: 2));
        Assert.AreEqual((2, true), (cab.Unit.Keys.Epoch, cab.Unit.IsOnline));
        string before = cab.Unit.Keys.Password(1);
        cab.Link.Accepts = password => password == before;
        cab.Link.SwallowsRefusals = isPlanted;
        cab.Link.Break();
        cab.Run(Hour);

        Assert.AreEqual(comesBack, cab.Unit.IsOnline);
        Assert.AreEqual(comesBack, cab.Link.Passwords[^1] == before);
        if (isPlanted) Assert.IsFalse(cab.Link.Passwords.Skip(1).Contains(before), "it never learns that its password was refused");
    }

    /// <summary>A broker with a certificate of this year: valid by the platform's clock, or nobody is let in.</summary>
    [TestMethod]
    [DataRow(false, true, DisplayName = "sound")]
    [DataRow(true, false, DisplayName = "planted: 1970 before TLS")]
    public void Handshake_ThatJudgesDates_SucceedsAtOnceUnlessThePlatformIsIn1970(bool isPlanted, bool connects)
    {
        var cab = new TestCab();
        cab.Time.IsSystemLeftIn1970 = isPlanted;
        cab.Link.IsBrokerUp = true;
        cab.Link.Handshakes = () => cab.Time.System is > TestCab.Epoch - 86400 and < TestCab.Epoch + (365 * 86400);
        cab.Start();
        cab.Run(isPlanted ? Hour : 10000);

        Assert.AreEqual(connects, cab.Unit.IsOnline);
        if (connects) Assert.AreEqual(1, cab.Link.Opens, "the first attempt");
        else Assert.IsGreaterThan(5, cab.Link.Opens, "no later attempt is better");
    }
}
