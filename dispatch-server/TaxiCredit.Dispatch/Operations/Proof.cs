namespace TaxiCredit.Dispatch.Operations;

/// <summary>How fresh a second factor must be for what signs, publishes, closes or revokes.</summary>
internal static class Proof
{
    public static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(5);

    /// <summary>Name of the rule by which a page knows that it has to ask again.</summary>
    public const string Stale = "proof-stale";

    /// <summary>Why the proof does not do; null if it does, or none is wanted.</summary>
    public static Refusal? FindFault(OperationRule rule, Acting acting, DateTimeOffset now) =>
        !rule.WantsProof || acting.ProvenAt is { } at && (at == DateTimeOffset.MaxValue || now - at < GoodFor)
            ? null
            : Refusal.Forbidden(
                "proof-stale", $"This takes a second factor that was shown within the last {GoodFor.TotalMinutes} minutes; show it again and repeat.");
}
