using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic.Wire;

namespace Firmware.Tests.Ratings;

[TestClass]
public sealed class EnvelopeTests
{
    [TestMethod]
    [DataRow(66, Refusal.Length)]
    [DataRow(67, Refusal.Mac)]
    [DataRow(1024, Refusal.Mac)]
    [DataRow(1025, Refusal.Length)]
    public void Envelope_AtItsLimits_IsOpenedOrTooShortOrTooLong(int length, int refusal)
    {
        byte[] payload = new byte[length];
        Array.Fill(payload, (byte)'0');
        payload[64] = (byte)'\n';
        Assert.AreEqual(refusal, New().Admit(payload, Message.RatingTopic));
    }

    [TestMethod]
    public void Envelope_OfAnEmptyObject_ReachesTheParser() =>
        Assert.AreEqual(Refusal.Form, New().Admit(Message.Sign("{}"u8.ToArray()), Message.RatingTopic));

    [TestMethod]
    public void Envelope_OneCharacterThatIsNoLowerHexDigit_IsNotAnEnvelope()
    {
        byte[] good = Message.Rated(3);
        foreach (char wrong in "AFGgz`/:@ \0")
        {
            foreach (int at in new[] { 0, 1, 30, 31, 62, 63 })
            {
                byte[] payload = [.. good];
                payload[at] = (byte)wrong;
                Assert.AreEqual(Refusal.Form, New().Admit(payload, Message.RatingTopic), $"{wrong} at {at}");
            }
        }
    }

    /// <summary>Also two differences that are alike, which would cancel each other in a comparison by sums.</summary>
    [TestMethod]
    public void Envelope_AnyDigitOfTheMacChanged_IsRefused()
    {
        byte[] good = Message.Rated(3);
        Assert.AreEqual(Refusal.None, New().Admit(good, Message.RatingTopic));
        for (int at = 0; at < 64; at++)
        {
            byte[] one = [.. good];
            one[at] = Flip(one[at]);
            Assert.AreEqual(Refusal.Mac, New().Admit(one, Message.RatingTopic), $"{at}");
            one[(at + 2) % 64] = Flip(one[(at + 2) % 64]);
            Assert.AreEqual(Refusal.Mac, New().Admit(one, Message.RatingTopic), $"{at} and the next but one");
        }
    }

    [TestMethod]
    public void Base64Url_OfEveryLength_IsWhatTheStandardSays()
    {
        var chance = new Random(64);
        for (int length = 0; length < 70; length++)
        {
            byte[] bytes = new byte[length];
            chance.NextBytes(bytes);
            string text = Base64Url.Encode(bytes);
            Assert.AreEqual(System.Buffers.Text.Base64Url.EncodeToString(bytes), text);
            byte[]? key = Base64Url.DecodeKey(text);
            if (length == 32) CollectionAssert.AreEqual(bytes, key);
            else Assert.IsNull(key);
        }
    }

    [TestMethod]
    public void Base64Url_KeyOfOnesAndZeros_IsReadAgain()
    {
        foreach (byte value in new byte[] { 0x00, 0xFF, 0x55, 0xAA })
        {
            byte[] key = new byte[32];
            Array.Fill(key, value);
            CollectionAssert.AreEqual(key, Base64Url.DecodeKey(Base64Url.Encode(key)));
        }
    }

    [TestMethod]
    public void Base64Url_SecondSpellingOfAKey_IsRefused()
    {
        string key = Base64Url.Encode(TestCab.RootKey);
        Assert.IsNotNull(Base64Url.DecodeKey(key));
        Assert.IsNull(Base64Url.DecodeKey(key[..42] + "9"));
        Assert.IsNull(Base64Url.DecodeKey(key[..42] + "="));
        Assert.IsNull(Base64Url.DecodeKey("+" + key[1..]));
    }

    [TestMethod]
    public void Keyring_OfAnEpochThatNobodyAnnounced_HasNoKey()
    {
        var keys = new Keyring();
        keys.Set(TestCab.RootKey, 3, false);
        Assert.IsNotNull(keys.Down(3));
        Assert.IsNotNull(keys.Down(2));
        Assert.IsNull(keys.Down(1));
        Assert.IsNull(keys.Down(4));
        keys.Confirm();
        Assert.IsNull(keys.Down(2));
        Assert.AreEqual(Convert.ToHexString(Keyring.Derive(TestCab.RootKey, "up", 3)), Convert.ToHexString(keys.Up));
    }

    /// <summary>The hex digit that differs in its lowest bit.</summary>
    private static byte Flip(byte digit) => (byte)"1032547698badcfe"[Convert.ToInt32(((char)digit).ToString(), 16)];

    private static Gate New()
    {
        var keys = new Keyring();
        keys.Set(TestCab.RootKey, 1, true);
        return new Gate(keys);
    }
}
