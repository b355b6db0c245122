using System.Globalization;
using System.Text.Json;

namespace TaxiCredit.Scoring.Calendars;

/// <summary>
/// Reads a calendar from JSON: <c>spans</c>, each with <c>from</c>, <c>through</c>, <c>sources</c>, <c>off</c> (days or <c>first..last</c>) and
/// <c>on</c> (weekend days that are worked).
/// </summary>
public static class CalendarReader
{
    /// <summary>Days between the ends of one entry of <c>off</c>: no holiday is longer, a mistyped month is.</summary>
    private const int LongestOff = 14;

    private static readonly HashSet<string> Members = ["from", "through", "sources", "off", "on"];

    /// <summary>The calendar, or every fault of the text by its place.</summary>
    /// <returns>Null if there are faults.</returns>
    public static WorkingCalendar? Read(ReadOnlySpan<byte> utf8, out IReadOnlyList<string> faults)
    {
        var reading = new Reading();
        try
        {
            var reader = new Utf8JsonReader(utf8);
            using var document = JsonDocument.ParseValue(ref reader);
            reading.ReadSpans(document.RootElement);
        }
        catch (JsonException fault)
        {
            reading.Faults.Add($"$: is no JSON, line {fault.LineNumber + 1}");
        }

        faults = reading.Faults;
        return reading.Faults.Count == 0 ? new(reading.Spans, reading.Off, reading.On) : null;
    }

    private sealed class Reading
    {
        public readonly List<string> Faults = [];
        public readonly List<CalendarSpan> Spans = [];
        public readonly HashSet<DateOnly> Off = [];
        public readonly HashSet<DateOnly> On = [];

        public void ReadSpans(JsonElement root)
        {
            var count = 0;
            foreach (var span in List(root, "spans", "$"))
                ReadSpan(span, $"$.spans[{count++}]");
            if (count == 0)
                Faults.Add("$.spans: is missing or empty");
        }

        private void ReadSpan(JsonElement element, string path)
        {
            if (element.ValueKind != JsonValueKind.Object)
            {
                Faults.Add($"{path}: is no object");
                return;
            }

            Faults.AddRange(element.EnumerateObject().Where(m => !Members.Contains(m.Name)).Select(m => $"{path}.{m.Name}: is unknown"));
            var sources = List(element, "sources", path).Select(source => Text(source)).ToList();
            if (sources.Count == 0 || sources.Exists(string.IsNullOrWhiteSpace))
                Faults.Add($"{path}.sources: say what was published, and where");
            if (Day(Member(element, "from"), $"{path}.from") is not { } from || Day(Member(element, "through"), $"{path}.through") is not { } through)
                return;
            if (through < from)
                Faults.Add($"{path}.through: is before from");
            if (Spans.Count > 0 && from <= Spans[^1].Through.AddDays(1))
                Faults.Add($"{path}.from: the span before ends on {Iso(Spans[^1].Through)}; put both into one, or a day between them");

            var span = new CalendarSpan(from, through, sources);
            Spans.Add(span);
            foreach (var (off, at) in List(element, "off", path).Select((off, i) => (off, $"{path}.off[{i}]")))
                ReadOff(Text(off), span, at);
            foreach (var (on, at) in List(element, "on", path).Select((on, i) => (on, $"{path}.on[{i}]")))
                ReadOn(Text(on), span, at);
        }

        private void ReadOff(string text, CalendarSpan span, string path)
        {
            var ends = text.Split("..");
            if (Day(ends[0], path) is not { } first || Day(ends[^1], path) is not { } last)
                return;
            if (ends.Length > 2 || last < first || last.DayNumber - first.DayNumber > LongestOff)
                Faults.Add($"{path}: '{text}' is no day and no first..last of at most {LongestOff + 1} days");
            else if (first < span.From || last > span.Through)
                Faults.Add($"{path}: '{text}' is outside of the span");
            else
            {
                for (var day = first; day <= last; day = day.AddDays(1))
                {
                    if (!Off.Add(day))
                        Faults.Add($"{path}: {Iso(day)} is listed twice");
                }
            }
        }

        private void ReadOn(string text, CalendarSpan span, string path)
        {
            if (Day(text, path) is not { } day)
                return;
            if (day < span.From || day > span.Through)
                Faults.Add($"{path}: '{text}' is outside of the span");
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
                Faults.Add($"{path}: {text} is a {day.DayOfWeek}, which is worked anyway");
            if (Off.Contains(day))
                Faults.Add($"{path}: {text} is off as well");
            if (!On.Add(day))
                Faults.Add($"{path}: {text} is listed twice");
        }

        private List<JsonElement> List(JsonElement element, string name, string path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out var list))
                return [];
            if (list.ValueKind == JsonValueKind.Array)
                return [.. list.EnumerateArray()];
            Faults.Add($"{path}.{name}: is no list");
            return [];
        }

        private static string Member(JsonElement element, string name) => element.TryGetProperty(name, out var member) ? Text(member) : "";

        private static string Text(JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString()! : "";

        private DateOnly? Day(string text, string path)
        {
            if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                return day;
            Faults.Add($"{path}: '{text}' is no day like 2026-10-01");
            return null;
        }

        private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
