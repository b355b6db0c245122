using System.Text;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Wire;

namespace Dispatch.Tests.Displays;

/// <summary>
/// Expected values were computed with OpenSSL 3.0: <c>printf %s "down|1" | openssl dgst -sha256 -mac HMAC -macopt hexkey:0001…1f -r</c>,
/// passwords with <c>-binary | basenc --base64url | tr -d =</c> and their hashes with <c>sha256sum</c>.
/// </summary>
[TestClass]
public sealed class DisplayKeysTests
{
    private static readonly byte[] RootKey = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [TestMethod]
    [DataRow("down", 1, "2a2448a7fa8b0504c792dcdbd1fb207c4f982aa5e309a487bc66337cc831d86f")]
    [DataRow("up", 1, "44e9d86aa2dfceef09e4a06b545bb03a608a86a16998948c077cddbad8636634")]
    [DataRow("mqtt", 1, "e61186d217b5790d22f6cac0d4e2d99316ab7f6acde69e930374ba3ea9bd4fa0")]
    [DataRow("down", 2, "923e9f849988bde9cfa33aff92e63cd7c43a1a94f554b0fe8da096f3c75a09d0")]
    [DataRow("up", 2, "c63ee574b8004d566c0be1c505764a48cfd22ff5a2e2306fc064549cbc7308b0")]
    [DataRow("down", 65_535, "5e1ecadc33fd435f4afd2fc3fffe4bb6f631dd72259af76889cb84d50c9968a3")]
    [DataRow("up", 65_535, "b3d9f52f76a9962616ace73c1285d8821aae56d8fb575329c171ee10393cebcb")]
    public void DeriveKey_KnownRoot_IsTheVector(string purpose, int epoch, string expected) =>
        Assert.AreEqual(expected, Convert.ToHexStringLower(DisplayKeys.DeriveKey(RootKey, purpose, epoch)));

    [TestMethod]
    [DataRow(1, "5hGG0he1eQ0i9srA1OLZkxarf2rN5p6TA3S6Pqm9T6A", "ca687638117fd2596931d19f2cc521d47977fbdb5211d1e8167f121d47aaf65c")]
    [DataRow(2, "n5oXJSNa6uMM8JMLF2K4z5Q4KIdmHph_WPi1ZiWIkX4", "ea1b716ff2cbc674aa5b971a92fa0675e4b80985cfc2f0151000fc3f6d054804")]
    [DataRow(65_535, "xs1OxAzEBGFfczZRrrIzFvpblKwm6_g0ruMMAZ5fHTU", "5d07a651076199eda2eca58d58546106688675d2738955b0f6098c741a120251")]
    public void DerivePassword_KnownRoot_IsTheVector(int epoch, string password, string sha256)
    {
        Assert.AreEqual(password, DisplayKeys.DerivePassword(RootKey, epoch));
        Assert.AreEqual(sha256, Convert.ToHexStringLower(DisplayKeys.Derive(RootKey, epoch).PasswordSha256));
    }

    [TestMethod]
    public void Sign_ExampleRating_IsTheVector()
    {
        const string Json =
            """{"v":1,"topic":"tc/v1/d/disp-0001/rating","rev":1514822400,"now":1514822400,"kind":"rated","stars":4"""
            + ""","period":"2017-12","driver":"d-0001","from":1514822400,"until":1517846400,"hold":3024000}""";

        var payload = Envelope.Sign(Encoding.UTF8.GetBytes(Json), DisplayKeys.Derive(RootKey, 1).Down);

        Assert.AreEqual("0f28cd8d16dc2817b6f4d35e1d94e162178caf8ff07e91020ccb36becc2d8994\n" + Json, Encoding.UTF8.GetString(payload));
    }

    [TestMethod]
    public void TryOpen_ExampleState_FindsTheKey()
    {
        const string State = "e2320531515f1c8b62464120e5cdcfae7cc50835f3db66ddc588e6842e8dd800\n"
            + """{"v":1,"topic":"tc/v1/d/disp-0001/state","at":1514822401,"journal":"00112233445566aa","boot":1,"n":2"""
            + ""","fw":"0.1.0","rev":1514822400,"configRev":1514822400,"cmdRev":0,"epoch":1"""
            + ""","display":"showing","lit":"11111","faults":[],"battery":13500,"rssi":-61,"up":12,"free":48000,"backlog":1}""";
        byte[][] keys = [DisplayKeys.Derive(RootKey, 2).Up, DisplayKeys.Derive(RootKey, 1).Up];

        var refused = Envelope.TryOpen(Encoding.UTF8.GetBytes(State), keys, out var signedBy, out var json);

        Assert.IsNull(refused);
        Assert.AreEqual(1, signedBy);
        Assert.IsNull(StateReport.TryRead(json, "tc/v1/d/disp-0001/state", out var report));
        Assert.AreEqual(4, MeasuredLight.Of(report!.Lit).Stars);
    }

    [TestMethod]
    [DataRow(65, RefusedBecause.Length)]
    [DataRow(66, null)]
    [DataRow(1_024, null)]
    [DataRow(1_025, RefusedBecause.Length)]
    public void TryOpen_LengthAtTheLimit_IsRefusedBeyond(int length, object? expected)
    {
        byte[] key = [1];
        var signed = length is > 65 and <= 1_024 ? Envelope.Sign(new byte[length - 65], key) : new byte[length];

        Assert.AreEqual((RefusedBecause?)expected, Envelope.TryOpen(signed, [key], out _, out _));
    }

    [TestMethod]
    public void TryOpen_AnyByteChanged_IsRefused()
    {
        byte[] key = [1];
        var signed = Envelope.Sign("""{"v":1}"""u8, key);
        for (var i = 0; i < signed.Length; i++)
        {
            var changed = (byte[])signed.Clone();
            changed[i] ^= 1;
            Assert.IsNotNull(Envelope.TryOpen(changed, [key], out _, out var json), $"byte {i}");
            Assert.AreEqual(0, json.Length);
        }
    }

    [TestMethod]
    public void TryOpen_UpperCaseDigits_AreRefused()
    {
        byte[] key = [1];
        var text = Encoding.ASCII.GetString(Envelope.Sign("{}"u8, key));

        Assert.AreEqual(RefusedBecause.Form, Envelope.TryOpen(Encoding.ASCII.GetBytes(text[..64].ToUpperInvariant() + text[64..]), [key], out _, out _));
    }
}
