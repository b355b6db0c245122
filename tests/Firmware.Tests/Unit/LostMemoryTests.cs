using System.Security.Cryptography;
using System.Text;
using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic.Wire;

namespace Firmware.Tests.Units;

/// <summary>A unit that has lost its memory, and with it the key epoch that the server has led it to, comes back without a workshop.</summary>
[TestClass]
public sealed class LostMemoryTests
{
    private const long Rev = TestCab.Epoch;

    /// <summary>The server is at epoch 5; the unit's F-RAM was exchanged, and its config.json says 1.</summary>
    [TestMethod]
    public void Memory_LostAfterRotations_IsGivenTheNextEpoch()
    {
        TestCab cab = New(5);
        cab.Run(20000);
        Assert.AreEqual((true, true), (cab.Unit.IsOnline, cab.Unit.IsLost));
        CollectionAssert.AreEqual(new[] { Password(1), Password(1), Password(0) }, cab.Link.Passwords);
        FakeLink.Sent state = cab.Link.Messages.Last();
        Assert.AreEqual("state", state.Topic[Message.Prefix.Length..]);
        StringAssert.Contains(state.Json, "\"epoch\":0,");
        AssertSigned(state, 0);
        Assert.DoesNotContain(m => m.Topic.EndsWith("/incidents", StringComparison.Ordinal), cab.Link.Messages, "incidents wait for a key of an epoch");

        cab.Receive(Message.ConfigTopic, Answer(cab, announced: 6));
        Assert.AreEqual((6, false), (cab.Unit.Keys.Epoch, cab.Unit.Keys.Confirmed));
        cab.Link.Accepts = password => password == Password(5) || password == Password(6);
        cab.Run(10000);
        Assert.AreEqual((true, false, Password(6)), (cab.Unit.IsOnline, cab.Unit.IsLost, cab.Link.Password));
        state = cab.Link.Messages.Last(m => m.Topic.EndsWith("/state", StringComparison.Ordinal));
        StringAssert.Contains(state.Json, "\"epoch\":6,");
        AssertSigned(state, 6);
        Assert.Contains(m => m.Topic.EndsWith("/incidents", StringComparison.Ordinal), cab.Link.Messages);
        cab.Receive(Message.RatingTopic, Message.Rated(3, epoch: 6));
        cab.Restart().Settle();
        Assert.AreEqual(("11110", 6, true), (cab.Lit, cab.Unit.Keys.Epoch, cab.Unit.Keys.Confirmed));
    }

    /// <summary>A broker that was told of the next epoch by file only later: the unit goes on with the one before.</summary>
    [TestMethod]
    public void Memory_LostAndTheBrokerStillAtTheEpochBefore_ConnectsWithThat()
    {
        TestCab cab = New(5);
        cab.Run(20000);
        cab.Receive(Message.ConfigTopic, Answer(cab, announced: 6));
        cab.Run(20000);
        Assert.AreEqual((true, false, Password(5)), (cab.Unit.IsOnline, cab.Unit.IsLost, cab.Link.Password));
    }

    [TestMethod]
    public void Epoch_FromAnAnswerOfBefore_IsRefused()
    {
        TestCab cab = New(5);
        cab.Run(20000);
        byte[] before = Answer(cab, announced: 9);
        byte[] unasked = Message.Config(announced: 9, epoch: 0);
        cab.Run(61000);
        cab.Run(40000);
        Assert.AreEqual(Refusal.Mac, cab.Unit.Inbound.Receive(Message.ConfigTopic, before, cab.Now));
        Assert.AreEqual(Refusal.Mac, cab.Unit.Inbound.Receive(Message.ConfigTopic, unasked, cab.Now));
        Assert.AreEqual(1, cab.Unit.Keys.Epoch);
    }

    [TestMethod]
    public void Rating_SignedWithTheKeysOfNoEpoch_IsRefused()
    {
        TestCab cab = New(5);
        cab.Run(20000);
        string fields = $"\"rev\":{Rev},\"now\":{Rev},\"kind\":\"vacant\",\"nonce\":\"{cab.Nonce}\"";
        Assert.AreEqual(Refusal.Mac, cab.Unit.Inbound.Receive(Message.RatingTopic, Message.Seal(Message.RatingTopic, fields, 0), cab.Now));
        Assert.AreEqual(0, cab.Unit.Ratings.Rev);
    }

    [TestMethod]
    public void Question_ThatNobodyAnswers_IsGivenUpAfterAMinute()
    {
        TestCab cab = New(5);
        while (!cab.Unit.IsOnline) cab.Run(100);
        cab.Run(59000);
        Assert.IsTrue(cab.Unit.IsOnline);
        cab.Run(1500);
        Assert.IsFalse(cab.Unit.IsOnline);
        cab.Run(30000);
        Assert.IsGreaterThan(3, cab.Link.Passwords.Count);
    }

    /// <summary>A unit that has its memory thinks of losing it only when it is denied again and again: a broker may deny for other reasons.</summary>
    [TestMethod]
    public void Memory_Whole_AsksForAnEpochAfterSevenDenials()
    {
        TestCab cab = new TestCab().Start().Settle();
        cab.Receive(Message.RatingTopic, Message.Rated(3));
        cab.Link.IsBrokerUp = true;
        cab.Restart();
        cab.Link.Accepts = _ => false;
        while (cab.Link.Passwords.Count < 17) cab.Run(1000);
        for (int attempt = 0; attempt < 16; attempt++)
        {
            Assert.AreEqual(Password(attempt % 8 == 7 ? 0 : 1), cab.Link.Passwords[attempt], $"attempt {attempt}");
        }
    }

    private static TestCab New(int serverEpoch)
    {
        var cab = new TestCab();
        cab.Link.IsBrokerUp = true;
        cab.Link.Accepts = password => password == Password(serverEpoch) || password == Password(0);
        return cab.Start();
    }

    private static byte[] Answer(TestCab cab, int announced) => Message.Config(announced: announced, epoch: 0, servers: $",\"nonce\":\"{cab.Nonce}\"");

    private static string Password(int epoch) => Base64Url.Encode(Derive("mqtt", epoch));

    private static byte[] Derive(string purpose, int epoch) => HMACSHA256.HashData(TestCab.RootKey, Encoding.ASCII.GetBytes($"{purpose}|{epoch}"));

    private static void AssertSigned(FakeLink.Sent sent, int epoch) => Assert.AreEqual(
        Convert.ToHexStringLower(HMACSHA256.HashData(Derive("up", epoch), sent.Payload.AsSpan(65))), Encoding.ASCII.GetString(sent.Payload, 0, 64));
}
