using System.Text;
using TaxiCredit.Firmware.Logic.Json;
using TaxiCredit.Firmware.Logic.Ratings;

namespace Firmware.Tests.Ratings;

/// <summary>Fields of a <c>rating</c> at their limits, beyond what the golden payloads have.</summary>
[TestClass]
public sealed class RatingReadTests
{
    private const string Rated = """{"rev":1,"kind":"rated","stars":2,"period":"2017-12","driver":"d-0001","from":1514822400,"until":1517846400,"hold":0}""";
    private const string Unrated = """{"rev":1,"kind":"unrated","driver":"d-0001","from":1514822400,"until":1517846400}""";

    [TestMethod]
    [DataRow("2017-01", true)]
    [DataRow("0000-09", true)]
    [DataRow("9999-10", true)]
    [DataRow("2017-00", false)]
    [DataRow("2017-13", false)]
    [DataRow("2017-1x", false)]
    [DataRow("2017-x1", false)]
    [DataRow("201x-12", false)]
    [DataRow("x017-12", false)]
    [DataRow("2:17-12", false)]
    [DataRow("2/17-12", false)]
    [DataRow("2017/12", false)]
    [DataRow("2017012", false)]
    public void Period_OnlyAYearAndAMonth_IsTaken(string period, bool expected) =>
        Assert.AreEqual(expected, Read(Rated.Replace("2017-12", period, StringComparison.Ordinal)) != null);

    [TestMethod]
    [DataRow("a", true)]
    [DataRow("z", true)]
    [DataRow("0", true)]
    [DataRow("9", true)]
    [DataRow("-", true)]
    [DataRow("`", false)]
    [DataRow("{", false)]
    [DataRow("/", false)]
    [DataRow(":", false)]
    [DataRow("A", false)]
    [DataRow("_", false)]
    [DataRow("é", false)]
    public void Driver_OnlyOfItsCharacters_IsTaken(string character, bool expected)
    {
        Assert.AreEqual(expected, Read(Rated.Replace("d-0001", "d" + character + "1", StringComparison.Ordinal)) != null);
        Assert.AreEqual(expected, Read(Unrated.Replace("d-0001", character, StringComparison.Ordinal)) != null);
    }

    [TestMethod]
    [DataRow("\"driver\":\"d-0001\",")]
    [DataRow("\"from\":1514822400,")]
    [DataRow(",\"until\":1517846400")]
    public void Unrated_WithoutAField_IsRefused(string field)
    {
        Assert.IsNotNull(Read(Unrated));
        Assert.IsNull(Read(Unrated.Replace(field, "", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Rating_OfEveryKind_SaysWhatItIs()
    {
        Rating rated = Read(Rated)!;
        Assert.AreEqual((Rating.Rated, 2, 1L, 1514822400L, 1517846400L), (rated.Kind, rated.Stars, rated.Rev, rated.From, rated.Until));
        Rating unrated = Read(Unrated)!;
        Assert.AreEqual((Rating.Unrated, 0, 1517846400L), (unrated.Kind, unrated.Stars, unrated.Until));
        Rating vacant = Read("""{"rev":7,"kind":"vacant"}""")!;
        Assert.AreEqual((Rating.Vacant, 0, 7L, long.MaxValue), (vacant.Kind, vacant.Stars, vacant.Rev, vacant.Until));
    }

    private static Rating? Read(string json)
    {
        var reader = new FlatReader();
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        Assert.IsTrue(reader.TryRead(bytes, 0, bytes.Length));
        return Rating.Read(reader, 1514822400);
    }
}
