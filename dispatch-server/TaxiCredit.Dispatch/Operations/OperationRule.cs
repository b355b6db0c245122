namespace TaxiCredit.Dispatch.Operations;

/// <summary>What an operation declares. <see cref="OperationContext"/> enforces it.</summary>
/// <param name="Name">Kebab-case name in the audit log: <c>decide-case</c>.</param>
/// <param name="Permission">What the person who acts must have, for the driver whom the operation is about where it is about one.</param>
internal sealed record OperationRule(string Name, Permission Permission)
{
    /// <summary>The person must have shown a second factor within the last minutes, see <see cref="Proof"/>: a browser left alone does not do.</summary>
    public bool WantsProof { get; init; }
}

/// <summary>What an anonymous operation declares: a passenger's.</summary>
/// <param name="Name">As with <see cref="OperationRule"/>.</param>
/// <param name="Actor">Who acts in the audit log.</param>
internal sealed record AnonymousRule(string Name, string Actor);

/// <summary>What an operation has done: its value, its audit line, and what others are told once it is committed.</summary>
/// <param name="Subject">Code of what it was done to: a driver's, a case's, a month's. Null writes no audit line.</param>
/// <param name="Detail">Rest of the audit line.</param>
internal sealed record Done<T>(T Value, string? Subject, string Detail, IReadOnlyList<IFact> Facts);

internal static class Done
{
    public static Done<T> With<T>(T value, string subject, string detail = "", params IReadOnlyList<IFact> facts) => new(value, subject, detail, facts);

    /// <summary>The beginning of long work, which writes the audit line itself when it ends; or nothing was changed.</summary>
    public static Done<T> Begun<T>(T value) => new(value, null, "", []);

    /// <summary>The same was asked for before and has its audit line; a second one would count it twice.</summary>
    public static Done<T> Repeated<T>(T value) => new(value, null, "", []);
}
