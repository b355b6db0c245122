using System.Text;
using TaxiCredit.Firmware.Logic.Provisioning;

namespace Firmware.Tests.Provisioning;

[TestClass]
public sealed class UnitConfigTests
{
    private const string Key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

    private const string Ca = "-----BEGIN CERTIFICATE-----\\nAA==\\n-----END CERTIFICATE-----";

    private const string Good =
        $$"""{"v":1,"id":"disp-0001","key":"{{Key}}","epoch":3,"broker":"broker.example","port":8883,"tls":true,"ca":"{{Ca}}",""" +
        "\"ssid1\":\"cab\",\"psk1\":\"12345678\",\"ssid3\":\"open\"}";

    [TestMethod]
    public void Config_Good_IsRead()
    {
        UnitConfig config = Read(Good, out string faults)!;
        Assert.AreEqual("", faults);
        Assert.AreEqual(("disp-0001", 3, "broker.example", 8883, true), (config.DisplayId, config.Epoch, config.Broker, config.Port, config.Tls));
        Assert.AreEqual(Ca.Replace("\\n", "\n", StringComparison.Ordinal), config.Ca);
        Assert.AreEqual((2, "cab", "12345678", "open", ""), (config.Networks, config.Ssids[0], config.Passphrases[0], config.Ssids[1], config.Passphrases[1]));
        Assert.AreEqual(31, config.RootKey[31]);
    }

    [TestMethod]
    [DataRow("", 0)]
    [DataRow(",\"now\":1500000000", 1500000000)]
    [DataRow(",\"now\":4102444800", 4102444800)]
    public void Config_WithItsTime_HasAFloorForTheClock(string field, long now)
    {
        UnitConfig config = Read(Good.Replace("\"epoch\":3", "\"epoch\":3" + field, StringComparison.Ordinal), out string faults)!;
        Assert.AreEqual(("", now), (faults, config.Now));
    }

    [TestMethod]
    [DataRow("\"v\":1", "\"v\":2", "v:")]
    [DataRow("disp-0001", "abc", "id:")]
    [DataRow("disp-0001", "Disp-0001", "id:")]
    [DataRow("disp-0001", "d23456789012345678901234567890123", "id:")]
    [DataRow(Key, "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh", "key:")]
    [DataRow(Key, Key + "A", "key:")]
    [DataRow("\"epoch\":3", "\"epoch\":3,\"now\":1499999999", "now:")]
    [DataRow("\"epoch\":3", "\"epoch\":3,\"now\":4102444801", "now:")]
    [DataRow("\"epoch\":3", "\"epoch\":3,\"now\":\"1500000000\"", "now:")]
    [DataRow("\"epoch\":3", "\"epoch\":0", "epoch:")]
    [DataRow("\"epoch\":3", "\"epoch\":65536", "epoch:")]
    [DataRow("\"port\":8883", "\"port\":0", "port:")]
    [DataRow("\"port\":8883", "\"port\":65536", "port:")]
    [DataRow("\"port\":8883", "\"port\":\"8883\"", "port:")]
    [DataRow("broker.example", "", "broker:")]
    [DataRow("\"tls\":true", "\"tls\":1", "tls:")]
    [DataRow(",\"ca\":\"" + Ca + "\"", "", "ca:")]
    [DataRow(Ca, "", "ca:")]
    [DataRow("-----BEGIN CERTIFICATE-----", "", "ca:")]
    [DataRow("-----END CERTIFICATE-----", "", "ca:")]
    [DataRow(Ca, "-----END CERTIFICATE----- -----BEGIN CERTIFICATE-----", "ca:")]
    [DataRow("\"psk1\":\"12345678\"", "\"psk1\":\"1234567\"", "psk1:")]
    [DataRow("\"ssid1\":\"cab\",", "", "ssid1:")]
    [DataRow("\"ssid3\":\"open\"", "\"ssid3\":\"\"", "ssid3:")]
    public void Config_WithOneFault_NamesIt(string old, string replacement, string fault)
    {
        Assert.Contains(old, Good);
        Assert.IsNull(Read(Good.Replace(old, replacement, StringComparison.Ordinal), out string faults));
        Assert.HasCount(1, faults.Split('\n', StringSplitOptions.RemoveEmptyEntries), faults);
        StringAssert.StartsWith(faults, fault);
    }

    [TestMethod]
    public void Config_WithManyFaults_NamesEveryOneAndNoSecret()
    {
        Assert.IsNull(Read("""{"v":7,"id":"x","key":"secret","epoch":0,"port":-1,"psk2":"hush"}""", out string faults));
        string[] names = [.. faults.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(':')[0])];
        CollectionAssert.AreEqual(new[] { "v", "id", "key", "epoch", "broker", "port", "tls", "ssid2", "psk2" }, names);
        Assert.DoesNotContain("secret", faults);
        Assert.DoesNotContain("hush", faults);
    }

    [TestMethod]
    public void Config_CutAnywhere_IsRefused()
    {
        for (int length = 0; length < Good.Length; length++) Assert.IsNull(Read(Good[..length], out _), $"{length}");
    }

    [TestMethod]
    public void Config_ThatCannotBeRead_SaysWhy()
    {
        Assert.IsNull(Read("[]", out string faults));
        Assert.AreEqual("config.json: not a flat JSON object of strings, integers and booleans\n", faults);
        Assert.IsNull(Read(Good + new string(' ', 4096), out faults));
        Assert.AreEqual("config.json: longer than 4,096 bytes\n", faults);
    }

    [TestMethod]
    public void Config_WithFourNetworks_HasThemInOrder()
    {
        string more = "\"ssid4\":\"d\",\"ssid2\":\"b\",\"psk2\":\"87654321\",\"ssid3\":\"c\"";
        UnitConfig config = Read(Good.Replace("\"ssid3\":\"open\"", more, StringComparison.Ordinal), out _)!;
        Assert.AreEqual(4, config.Networks);
        CollectionAssert.AreEqual(new[] { "cab", "b", "c", "d" }, config.Ssids);
        CollectionAssert.AreEqual(new[] { "12345678", "87654321", "", "" }, config.Passphrases);
    }

    [TestMethod]
    [DataRow(4096, true)]
    [DataRow(4097, false)]
    public void Config_AtItsLimit_IsRead(int bytes, bool expected)
    {
        string padded = Good + new string(' ', bytes - Good.Length);
        Assert.AreEqual(expected, Read(padded, out _) != null);
    }

    private static UnitConfig? Read(string json, out string faults) => UnitConfig.Read(Encoding.UTF8.GetBytes(json), out faults);
}
