using System.Text;
using TaxiCredit.Firmware.Logic.Json;

namespace Firmware.Tests.Device;

[TestClass]
public class DeviceJsonTests
{
    [TestMethod]
    public void Reader_OfAFlatObject_KnowsItsFields()
    {
        FlatReader? reader = Read("{\"a\":-12,\"b\":\"x\\u20acy\",\"c\":true}");
        Assert.IsNotNull(reader);
        Assert.IsTrue(reader!.TryGetInteger("a", -12, -12, out long a));
        Assert.AreEqual(-12L, a);
        Assert.IsTrue(reader.TryGetString("b", 5, 5, out string b));
        Assert.AreEqual("x€y", b);
        Assert.IsTrue(reader.TryGetBoolean("c", out bool c));
        Assert.IsTrue(c);
        Assert.IsFalse(reader.Has("d"));
    }

    [TestMethod]
    public void Reader_OfAnythingElse_Refuses()
    {
        string[] refused =
        [
            "", "{", "[]", "null", "{\"a\":[1]}", "{\"a\":{}}", "{\"a\":null}", "{\"a\":1.5}", "{\"a\":01}", "{\"a\":1,}", "{\"a\":1,\"a\":1}",
            "{\"a\":\"\\u0000\"}",
            "{\"a\":\"\\ud800\"}", "{\"a\":1}x", "{\"a\":1234567890123456789}",
        ];
        for (int i = 0; i < refused.Length; i++) Assert.IsNull(Read(refused[i]));
    }

    [TestMethod]
    public void Writer_OfEveryKind_WritesJson()
    {
        byte[] buffer = new byte[200];
        var json = new JsonWriter(buffer, 3);
        json.BeginObject();
        json.Field("a", long.MinValue);
        json.Field("b", 0);
        json.Field("c", 4102444800L);
        json.Field("d", "x");
        json.BeginArray("e");
        json.Item("y");
        json.BeginObject();
        json.Field("f", -10);
        json.EndObject();
        json.EndArray();
        json.BeginArray("g");
        json.EndArray();
        json.EndObject();
        Assert.AreEqual(
            "{\"a\":-9223372036854775808,\"b\":0,\"c\":4102444800,\"d\":\"x\",\"e\":[\"y\",{\"f\":-10}],\"g\":[]}",
            Encoding.UTF8.GetString(buffer, 3, json.Count));
        Assert.IsFalse(json.Overflowed);
    }

    [TestMethod]
    public void Writer_BeyondItsBuffer_SaysSo()
    {
        var json = new JsonWriter(new byte[10], 3);
        json.BeginObject();
        json.Field("a", 12);
        Assert.IsFalse(json.Overflowed);
        json.EndObject();
        Assert.IsTrue(json.Overflowed);
        Assert.AreEqual(7, json.Count);
    }

    private static FlatReader? Read(string json)
    {
        var reader = new FlatReader();
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        return reader.TryRead(bytes, 0, bytes.Length) ? reader : null;
    }
}
