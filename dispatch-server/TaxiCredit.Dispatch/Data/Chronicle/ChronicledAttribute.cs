namespace TaxiCredit.Dispatch.Data.Chronicle;

/// <summary>
/// Rows of this entity are facts on which a published star may rest: each is committed to in the chronicle when it is stored, changed or deleted,
/// in the transaction that does so. See <see cref="ChronicleWriter"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ChronicledAttribute : Attribute
{
    /// <summary>The row itself stands in the entry, so that what it was earlier can be read later; never for what may have to be erased.</summary>
    public bool IsOpen { get; init; }
}

/// <summary>A column of a chronicled entity that is not committed to.</summary>
/// <param name="because">Why nothing rests on it; the table in <c>docs/verify.md</c> says the same.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NotChronicledAttribute(string because) : Attribute
{
    public string Because => because;
}

/// <summary>As <see cref="ChronicledAttribute"/>, for an entity that a library declares.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class ChronicledTypeAttribute(Type type) : Attribute
{
    public Type Type => type;

    /// <summary>Names of properties that are not committed to, as with <see cref="NotChronicledAttribute"/>.</summary>
    public string[] Except { get; init; } = [];
}
