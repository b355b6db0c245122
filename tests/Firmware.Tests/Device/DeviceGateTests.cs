using System.Text;
using TaxiCredit.Firmware.Logic.Binary;
using TaxiCredit.Firmware.Logic.Wire;

namespace Firmware.Tests.Device;

[TestClass]
public class DeviceGateTests
{
    private const string Topic = "tc/v1/d/disp-0001/rating";

    [TestMethod]
    public void Keyring_OfTheGoldenRoot_DerivesTheGoldenKeys()
    {
        byte[] root = Root();
        Assert.AreEqual("2a2448a7fa8b0504c792dcdbd1fb207c4f982aa5e309a487bc66337cc831d86f", Hex.Of(Keyring.Derive(root, "down", 1), 32));
        Assert.AreEqual("44e9d86aa2dfceef09e4a06b545bb03a608a86a16998948c077cddbad8636634", Hex.Of(Keyring.Derive(root, "up", 1), 32));
    }

    [TestMethod]
    public void Base64Url_OfAKey_ComesBack()
    {
        string text = Base64Url.Encode(Root());
        Assert.AreEqual("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", text);
        byte[]? root = Base64Url.DecodeKey(text);
        Assert.IsNotNull(root);
        Assert.AreEqual(31, (int)root![31]);
        Assert.IsNull(Base64Url.DecodeKey(text + "A"));
        Assert.IsNull(Base64Url.DecodeKey("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9"));
        Assert.IsNull(Base64Url.DecodeKey("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh+"));
    }

    [TestMethod]
    public void Gate_OfASealedMessage_AdmitsItAndNoOther()
    {
        var keys = new Keyring();
        keys.Set(Root(), 1, true);
        var gate = new Gate(keys);
        byte[] payload = Seal("{\"v\":1,\"topic\":\"" + Topic + "\",\"now\":1514822400}");

        Assert.AreEqual(Refusal.None, gate.Admit(payload, Topic));
        Assert.AreEqual(1514822400L, gate.Now);
        Assert.AreEqual(Refusal.Topic, gate.Admit(payload, "tc/v1/d/disp-0002/rating"));
        for (int i = 0; i < payload.Length; i++)
        {
            payload[i] ^= 1;
            Assert.IsTrue(gate.Admit(payload, Topic) != Refusal.None);
            payload[i] ^= 1;
        }
    }

    private static byte[] Seal(string json)
    {
        byte[] buffer = new byte[Envelope.MaxBytes];
        int count = Encoding.UTF8.GetBytes(json, 0, json.Length, buffer, Envelope.Prefix);
        return Envelope.Seal(Keyring.Derive(Root(), "down", 1), buffer, count);
    }

    private static byte[] Root()
    {
        byte[] root = new byte[32];
        for (int i = 0; i < root.Length; i++) root[i] = (byte)i;
        return root;
    }
}
