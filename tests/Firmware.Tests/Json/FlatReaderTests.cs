using System.Text;
using TaxiCredit.Firmware.Logic.Json;

namespace Firmware.Tests.Json;

[TestClass]
public sealed class FlatReaderTests
{
    [TestMethod]
    [DataRow("{}")]
    [DataRow(" \t\r\n{ \n} \t")]
    [DataRow("{\"a\":1}")]
    [DataRow("{\"a\":-0,\"b\":0,\"c\":-1,\"d\":999999999999999999}")]
    [DataRow("{\"a\":true,\"b\":false,\"\":\"\"}")]
    [DataRow("{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\u20AC\\ud83d\\ude95é€🚕\"}")]
    public void FlatReader_FlatObject_IsRead(string json) => Assert.IsTrue(Read(json, out _));

    [TestMethod]
    [DataRow("")]
    [DataRow("{")]
    [DataRow("}")]
    [DataRow("{}}")]
    [DataRow("{},")]
    [DataRow("[]")]
    [DataRow("null")]
    [DataRow("1")]
    [DataRow("\"a\"")]
    [DataRow("{\"a\"}")]
    [DataRow("{\"a\":}")]
    [DataRow("{\"a\":1,}")]
    [DataRow("{,\"a\":1}")]
    [DataRow("{\"a\":1 \"b\":2}")]
    [DataRow("{a:1}")]
    [DataRow("{'a':1}")]
    [DataRow("{\"a\":01}")]
    [DataRow("{\"a\":-}")]
    [DataRow("{\"a\":+1}")]
    [DataRow("{\"a\":1.0}")]
    [DataRow("{\"a\":1e1}")]
    [DataRow("{\"a\":.5}")]
    [DataRow("{\"a\":0x1}")]
    [DataRow("{\"a\":1000000000000000000}")]
    [DataRow("{\"a\":NaN}")]
    [DataRow("{\"a\":null}")]
    [DataRow("{\"a\":tru}")]
    [DataRow("{\"a\":truex}")]
    [DataRow("{\"a\":True}")]
    [DataRow("{\"a\":[]}")]
    [DataRow("{\"a\":{}}")]
    [DataRow("{\"a\":1,\"a\":1}")]
    [DataRow("{\"a\":1,\"\\u0061\":1}")]
    [DataRow("{\"a\":\"b}")]
    [DataRow("{\"a\":\"\\\"}")]
    [DataRow("{\"a\":\"\\x\"}")]
    [DataRow("{\"a\":\"\\u12\"}")]
    [DataRow("{\"a\":\"\\u12g4\"}")]
    [DataRow("{\"a\":\"\\u0000\"}")]
    [DataRow("{\"a\":\"\\ud800\"}")]
    [DataRow("{\"a\":\"\\ud800x\"}")]
    [DataRow("{\"a\":\"\\ud800\\u0041\"}")]
    [DataRow("{\"a\":\"\\udc00\"}")]
    [DataRow("{\"a\":\"\u0001\"}")]
    [DataRow("{\"a\":\"\n\"}")]
    public void FlatReader_AnythingElse_IsRefused(string json) => Assert.IsFalse(Read(json, out _));

    [TestMethod]
    [DataRow(new byte[] { 0x80 })]
    [DataRow(new byte[] { 0xC0, 0xAF })]
    [DataRow(new byte[] { 0xC1, 0xBF })]
    [DataRow(new byte[] { 0xC2 })]
    [DataRow(new byte[] { 0xC2, 0x41 })]
    [DataRow(new byte[] { 0xE0, 0x9F, 0xBF })]
    [DataRow(new byte[] { 0xED, 0xA0, 0x80 })]
    [DataRow(new byte[] { 0xF0, 0x8F, 0xBF, 0xBF })]
    [DataRow(new byte[] { 0xF4, 0x90, 0x80, 0x80 })]
    [DataRow(new byte[] { 0xF5, 0x80, 0x80, 0x80 })]
    [DataRow(new byte[] { 0xFF })]
    public void FlatReader_MalformedUtf8_IsRefused(byte[] text)
    {
        byte[] json = [.. "{\"a\":\""u8, .. text, .. "\"}"u8];
        Assert.IsFalse(new FlatReader().TryRead(json, 0, json.Length));
    }

    [TestMethod]
    [DataRow(new byte[] { 0xC2, 0x80 })]
    [DataRow(new byte[] { 0xDF, 0xBF })]
    [DataRow(new byte[] { 0xE0, 0xA0, 0x80 })]
    [DataRow(new byte[] { 0xED, 0x9F, 0xBF })]
    [DataRow(new byte[] { 0xEE, 0x80, 0x80 })]
    [DataRow(new byte[] { 0xF0, 0x90, 0x80, 0x80 })]
    [DataRow(new byte[] { 0xF4, 0x8F, 0xBF, 0xBF })]
    public void FlatReader_LimitsOfUtf8_AreRead(byte[] text)
    {
        byte[] json = [.. "{\"a\":\""u8, .. text, .. "\"}"u8];
        Assert.IsTrue(new FlatReader().TryRead(json, 0, json.Length));
    }

    [TestMethod]
    public void FlatReader_Escapes_AreResolved()
    {
        Assert.IsTrue(Read("{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\u20AC\\ud83d\\ude95\"}", out FlatReader reader));
        Assert.IsTrue(reader.TryGetString("a", 0, 100, out string text));
        Assert.AreEqual("\"\\/\b\f\n\r\tAé€🚕", text);
    }

    [TestMethod]
    [DataRow(31, true)]
    [DataRow(32, true)]
    [DataRow(33, false)]
    public void FlatReader_ManyFields_AreReadUpToTheLimit(int count, bool expected)
    {
        string json = "{" + string.Join(',', Enumerable.Range(0, count).Select(i => $"\"f{i}\":{i}")) + "}";
        Assert.AreEqual(expected, Read(json, out FlatReader reader));
        Assert.AreEqual(expected, reader.TryGetInteger($"f{count - 1}", count - 1, count - 1, out _));
    }

    [TestMethod]
    public void FlatReader_Integer_IsTakenWithinItsRange()
    {
        Read("{\"a\":-5}", out FlatReader reader);
        Assert.IsTrue(reader.TryGetInteger("a", -5, -5, out long value));
        Assert.AreEqual(-5, value);
        Assert.IsFalse(reader.TryGetInteger("a", -4, 0, out _));
        Assert.IsFalse(reader.TryGetInteger("a", -9, -6, out _));
        Assert.IsFalse(reader.TryGetInteger("b", -9, 9, out _));
        Assert.IsFalse(reader.TryGetString("a", 0, 9, out _));
        Assert.IsFalse(reader.TryGetBoolean("a", out _));
    }

    [TestMethod]
    public void FlatReader_String_IsTakenWithinItsLength()
    {
        Read("{\"a\":\"abc\",\"t\":true,\"f\":false}", out FlatReader reader);
        Assert.IsTrue(reader.TryGetString("a", 3, 3, out string value));
        Assert.AreEqual("abc", value);
        Assert.IsFalse(reader.TryGetString("a", 4, 9, out _));
        Assert.IsFalse(reader.TryGetString("a", 0, 2, out _));
        Assert.IsFalse(reader.TryGetInteger("a", 0, 9, out _));
        Assert.IsFalse(reader.TryGetInteger("t", 0, 9, out _));
        Assert.IsTrue(reader.TryGetBoolean("t", out bool yes) && yes);
        Assert.IsTrue(reader.TryGetBoolean("f", out bool no) && !no);
    }

    [TestMethod]
    public void FlatReader_AfterARefusal_KnowsNothing()
    {
        var reader = new FlatReader();
        Assert.IsFalse(reader.TryRead("{\"a\":1,"u8.ToArray(), 0, 7));
        Assert.IsFalse(reader.Has("a"));
    }

    [TestMethod]
    public void FlatReader_EveryPrefixOfAMessage_IsRefused()
    {
        byte[] json = "{\"v\":1,\"topic\":\"tc/v1\",\"x\":true,\"y\":\"\\u20ac\"}"u8.ToArray();
        var reader = new FlatReader();
        for (int length = 0; length < json.Length; length++) Assert.IsFalse(reader.TryRead(json, 0, length), $"{length}");
        Assert.IsTrue(reader.TryRead(json, 0, json.Length));
    }

    private static bool Read(string json, out FlatReader reader)
    {
        reader = new FlatReader();
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        return reader.TryRead(bytes, 0, bytes.Length);
    }
}
