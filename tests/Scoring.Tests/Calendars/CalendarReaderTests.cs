using System.Text;
using TaxiCredit.Scoring.Calendars;

namespace Scoring.Tests.Calendars;

[TestClass]
public sealed class CalendarReaderTests
{
    [TestMethod]
    [DataRow("{", "$: is no JSON, line 1")]
    [DataRow("[]", "$.spans: is missing or empty")]
    [DataRow("""{"spans": 1}""", "$.spans: is no list")]
    [DataRow("""{"spans": []}""", "$.spans: is missing or empty")]
    [DataRow("""{"spans": [1]}""", "$.spans[0]: is no object")]
    public void Read_AnotherForm_NamesIt(string json, string fault) => StringAssert.Contains(Faults(json), fault);

    [TestMethod]
    [DataRow("\"through\": \"2026-13-01\"", "$.spans[0].through: '2026-13-01' is no day like 2026-10-01")]
    [DataRow("\"through\": \"2025-12-31\"", "$.spans[0].through: is before from")]
    [DataRow("\"through\": \"2026-12-28\", \"sources\": []", "$.spans[0].sources: say what was published, and where")]
    [DataRow("\"through\": \"2026-12-28\", \"of\": []", "$.spans[0].of: is unknown")]
    [DataRow("\"through\": \"2026-12-28\", \"off\": [\"2025-12-31\"]", "$.spans[0].off[0]: '2025-12-31' is outside of the span")]
    [DataRow("\"through\": \"2026-12-28\", \"off\": [\"2026-12-29\"]", "$.spans[0].off[0]: '2026-12-29' is outside of the span")]
    [DataRow("\"through\": \"2026-12-28\", \"off\": [\"2026-02-20..2026-02-19\"]", "is no day and no first..last")]
    [DataRow("\"through\": \"2026-12-28\", \"off\": [\"2026-02-01..2026-02-16\"]", "is no day and no first..last of at most 15 days")]
    [DataRow("\"through\": \"2026-12-28\", \"off\": [\"2026-10-01..2026-10-03\", \"2026-10-03\"]", "$.spans[0].off[1]: 2026-10-03 is listed twice")]
    [DataRow("\"through\": \"2026-12-28\", \"on\": [\"2026-10-12\"]", "$.spans[0].on[0]: 2026-10-12 is a Monday, which is worked anyway")]
    [DataRow("\"through\": \"2026-12-28\", \"off\": [\"2026-10-10\"], \"on\": [\"2026-10-10\"]", "$.spans[0].on[0]: 2026-10-10 is off as well")]
    [DataRow("\"through\": \"2026-12-28\", \"on\": [\"2026-10-10\", \"2026-10-10\"]", "$.spans[0].on[1]: 2026-10-10 is listed twice")]
    [DataRow("\"through\": \"2026-12-28\", \"on\": [\"2027-01-02\"]", "$.spans[0].on[0]: '2027-01-02' is outside of the span")]
    public void Read_FaultOfASpan_IsNamedByItsPlace(string rest, string fault)
    {
        var sources = rest.Contains("sources") ? "" : ", \"sources\": [\"test\"]";
        StringAssert.Contains(Faults($$"""{"spans": [{"from": "2026-01-01", {{rest}}{{sources}}}]}"""), fault);
    }

    [TestMethod]
    [DataRow("2026-06-29", false, DisplayName = "overlaps")]
    [DataRow("2026-06-30", false)]
    [DataRow("2026-07-01", false, DisplayName = "no gap: one span")]
    [DataRow("2026-07-02", true, DisplayName = "a day between")]
    public void Read_SecondSpan_NeedsAGap(string from, bool ok)
    {
        var faults = Faults($$"""
            {"spans": [{"from": "2026-01-01", "through": "2026-06-30", "sources": ["a"]}, {"from": "{{from}}", "through": "2026-12-28", "sources": ["b"]}]}
            """);

        Assert.AreEqual(ok, faults.Length == 0, faults);
    }

    [TestMethod]
    [DataRow("2026-03-01..2026-03-15")]
    [DataRow("2026-03-01")]
    public void Read_LongestRangeAndSingleDay_AreTaken(string off) => Assert.AreEqual(
        "", Faults($$"""{"spans": [{"from": "2026-01-01", "through": "2026-12-28", "sources": ["a"], "off": ["{{off}}"]}]}"""));

    private static string Faults(string json)
    {
        var calendar = CalendarReader.Read(Encoding.UTF8.GetBytes(json), out var faults);
        Assert.AreEqual(faults.Count == 0, calendar is not null);
        return string.Join('\n', faults);
    }
}
