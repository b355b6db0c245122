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
    [DataRow("{ \"a b\" : true , \"c\" : 1 , \"d\" : \" e \" , \"f\" : false }")]
    [DataRow("{\t\"a\"\t:\ttrue\t,\n\"c\"\n:\n1\n,\r\"d\"\r:\r\" \"\r}")]
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
    [DataRow("{\"a\":\"\\udfff\"}")]
    [DataRow("{\"a\":\"\\udbff\"}")]
    [DataRow("{\"a\":\"\\udbffx\"}")]
    [DataRow("{\"a\":\"\\udbff\\n041\"}")]
    [DataRow("{\"a\":\"\\ud800udc00\"}")]
    [DataRow("{\"a\":\"\\ud800\\ndc00\"}")]
    [DataRow("{\"a\":\"\\ud800xudc00\"}")]
    [DataRow("{\"a\":\"\\ud800\\ue000\"}")]
    [DataRow("{\"a\":\"\\ud800\\udbff\"}")]
    [DataRow("{\"a\":\"\u001f\"}")]
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
    [DataRow(new byte[] { 0xEF, 0xBF, 0xBF })]
    [DataRow(new byte[] { 0xF3, 0xBF, 0xBF, 0xBF })]
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
    [DataRow("\\u0001", 0x1)]
    [DataRow("\\u007F", 0x7F)]
    [DataRow("\\u0080", 0x80)]
    [DataRow("\\u07ff", 0x7FF)]
    [DataRow("\\u0800", 0x800)]
    [DataRow("\\ud7fF", 0xD7FF)]
    [DataRow("\\ue000", 0xE000)]
    [DataRow("\\uFFFF", 0xFFFF)]
    [DataRow("\\ud800\\udc00", 0x10000)]
    [DataRow("\\ud83d\\udfff", 0x1F7FF)]
    [DataRow("\\udbff\\udfff", 0x10FFFF)]
    public void FlatReader_EscapeAtALimit_IsItsCodePoint(string escape, int codePoint)
    {
        Assert.IsTrue(Read($"{{\"a\":\"{escape}\"}}", out FlatReader reader));
        Assert.IsTrue(reader.TryGetString("a", 1, 4, out string text));
        Assert.AreEqual(char.ConvertFromUtf32(codePoint), text);
    }

    /// <summary>Bytes behind the end belong to somebody else, even where they would complete a sequence.</summary>
    [TestMethod]
    public void FlatReader_EveryCutOfAText_IsRefusedWithTheRestBehindIt()
    {
        byte[] json = "{\"a\":\"\\ud83d\\ude95 \u00e9\u20ac\ud83d\ude95\",\"b\":true,\"c\":-10}"u8.ToArray();
        for (int start = 0; start < 3; start++)
        {
            byte[] shifted = [.. new byte[start], .. json];
            var reader = new FlatReader();
            for (int count = 0; count < json.Length; count++)
            {
                Assert.IsFalse(reader.TryRead(shifted, start, count), $"{count}");
                Assert.IsFalse(reader.TryRead(json[..count], 0, count), $"{count}, and nothing behind it");
            }

            Assert.IsTrue(reader.TryRead(shifted, start, json.Length));
        }
    }

    [TestMethod]
    public void FlatReader_FieldThatIsNotThere_IsNothing()
    {
        Read("{\"a\":1}", out FlatReader reader);
        Assert.IsFalse(reader.TryGetString("b", 0, 9, out string text));
        Assert.AreEqual("", text);
        Assert.IsFalse(reader.TryGetInteger("b", 0, 9, out long number));
        Assert.AreEqual(0, number);
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
