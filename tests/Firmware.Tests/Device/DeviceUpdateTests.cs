using System.Text;
using TaxiCredit.Firmware.Logic.Binary;
using TaxiCredit.Firmware.Logic.Update;

namespace Firmware.Tests.Device;

[TestClass]
public class DeviceUpdateTests
{
    [TestMethod]
    public void Digest_OfTheStandardsMessages_IsTheStandards()
    {
        Assert.AreEqual("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Digest(""));
        Assert.AreEqual("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Digest("abc"));
        Assert.AreEqual(
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
            Digest("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"));
    }

    /// <summary>RFC 8554, appendix F, test case 1: the lower tree's key, digits of 8 bits.</summary>
    [TestMethod]
    public void Key_OfRfc8554_HasTheSizesOfTheStandard()
    {
        byte[] bytes = new byte[LmsKey.Size];
        bytes[3] = 6;
        bytes[7] = 3;
        var key = new LmsKey(bytes);
        Assert.IsTrue(key.IsKnown);
        Assert.AreEqual(10, key.Height);
        Assert.AreEqual(67, key.Chains);
        Assert.AreEqual(2508, key.SignatureSize);
    }

    private static string Digest(string message)
    {
        var hash = new Sha256();
        hash.Add(Encoding.UTF8.GetBytes(message), 0, message.Length);
        byte[] digest = new byte[Sha256.Size];
        hash.Finish(digest, 0);
        return Hex.Of(digest, digest.Length);
    }
}
