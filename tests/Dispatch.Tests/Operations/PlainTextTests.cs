using System.Text.Json;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Operations;

[TestClass]
public sealed class PlainTextTests
{
    private static readonly JsonSerializerOptions Options = new() { Converters = { new PlainTextConverter() } };

    [TestMethod]
    [DataRow("")]
    [DataRow("two\r\nlines\tand a tab")]
    [DataRow("出租汽车 ｓｑ")]
    [DataRow("🚕")]
    [DataRow("\u00a0\u200b")]
    public void Text_OfWholeCharacters_IsPlain(string text)
    {
        Assert.IsTrue(PlainText.Is(text));
        Assert.AreEqual(text, JsonSerializer.Deserialize<string>(JsonSerializer.Serialize(text), Options));
    }

    [TestMethod]
    [DataRow("\\u0000")]
    [DataRow("a\\u0008b")]
    [DataRow("\\u000b")]
    [DataRow("\\u001f")]
    [DataRow("\\u007f")]
    [DataRow("\\u009f")]
    [DataRow("\\ud83d")]
    [DataRow("\\ude95")]
    [DataRow("\\ude95\\ud83d")]
    [DataRow("a\\ud83db")]
    public void Text_WithAControlCharacterOrHalfAPair_IsNot(string escaped)
    {
        Assert.ThrowsExactly<JsonException>(() => JsonSerializer.Deserialize<string>($"\"{escaped}\"", Options));
        Assert.IsFalse(PlainText.Is(System.Text.RegularExpressions.Regex.Replace(
            escaped, @"\\u(....)", hex => $"{(char)Convert.ToInt32(hex.Groups[1].Value, 16)}")));
    }

    [TestMethod]
    [DataRow("7")]
    [DataRow("true")]
    [DataRow("{}")]
    public void Text_ThatIsNone_IsRefused(string json) =>
        Assert.ThrowsExactly<JsonException>(() => JsonSerializer.Deserialize<string>(json, Options));
}
