namespace TaxiCredit.Dispatch.Wire;

/// <summary>What a display noticed. The time is <see cref="At"/>, or <see cref="Boot"/> and <see cref="Up"/> where its clock was not known.</summary>
internal sealed record ReportedIncident(long Seq, string Kind, long Arg, long? At, long? Boot, long? Up);

/// <summary>An <c>incidents</c> message; <see cref="List"/> ascends by sequence and is not empty.</summary>
internal sealed record IncidentReport(string Journal, IReadOnlyList<ReportedIncident> List)
{
    private const int MaxKindChars = 32;

    /// <inheritdoc cref="StrictJson.TryRead"/>
    public static RefusedBecause? TryRead(ReadOnlyMemory<byte> json, string topic, out IncidentReport? report) =>
        StrictJson.TryRead(json, topic, fields => new IncidentReport(fields.Text("journal", StrictJson.IsJournal), ReadList(fields)), out report);

    private static List<ReportedIncident> ReadList(StrictJson fields)
    {
        var list = new List<ReportedIncident>();
        foreach (var element in fields.Elements("list", Envelope.MaxBytes))
        {
            var of = new StrictJson(element);
            var incident = ReadOne(of);
            fields.Require(of.IsSound && (list.Count == 0 || incident.Seq > list[^1].Seq));
            list.Add(incident);
        }
        fields.Require(list.Count > 0);
        return list;
    }

    /// <summary>A kind that this server does not know is kept as it came, within this form.</summary>
    private static bool IsKind(string text) => text.Length is >= 1 and <= MaxKindChars;

    private static ReportedIncident ReadOne(StrictJson of)
    {
        var seq = of.Integer("seq", 1, StrictJson.LatestCount);
        var kind = of.Text("kind", IsKind);
        var arg = of.Integer("arg", -StrictJson.LatestCount, StrictJson.LatestCount);
        return of.Has("at")
            ? new(seq, kind, arg, of.Integer("at", StrictJson.EarliestTime, StrictJson.LatestTime), null, null)
            : new(seq, kind, arg, null, of.Integer("boot", 1, StrictJson.LatestCount), of.Integer("up", 0, StrictJson.LatestCount));
    }
}
