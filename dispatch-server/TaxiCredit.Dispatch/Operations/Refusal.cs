namespace TaxiCredit.Dispatch.Operations;

/// <summary>Why an operation was not carried out. Nothing was changed.</summary>
/// <param name="Status">HTTP status: 400 form, 403 right, 404 missing, 409 state, 422 rule, 503 outage.</param>
/// <param name="Code">Stable kebab-case name of the rule that refused; the last segment of the problem's <c>type</c>.</param>
/// <param name="Detail">What is wrong, with the value, and what to do next.</param>
internal sealed record Refusal(int Status, string Code, string Detail)
{
    /// <summary>What else the caller should see, by the names that it has in the problem: the rows that differ, say. Null for nothing.</summary>
    public IReadOnlyDictionary<string, object?>? Facts { get; init; }

    public static Refusal Malformed(string code, string detail) => new(StatusCodes.Status400BadRequest, code, detail);

    public static Refusal Forbidden(string code, string detail) => new(StatusCodes.Status403Forbidden, code, detail);

    public static Refusal Missing(string code, string detail) => new(StatusCodes.Status404NotFound, code, detail);

    public static Refusal Conflict(string code, string detail) => new(StatusCodes.Status409Conflict, code, detail);

    public static Refusal AgainstRule(string code, string detail) => new(StatusCodes.Status422UnprocessableEntity, code, detail);

    /// <summary>As RFC 9457 problem details.</summary>
    public IResult ToProblem() =>
        Results.Problem(detail: Detail, statusCode: Status, title: Code.Replace('-', ' '), type: $"urn:taxicredit:refusal:{Code}",
            extensions: Facts);
}

/// <summary>The value of an operation, or the refusal in its place.</summary>
internal readonly struct Outcome<T>
{
    private readonly T? _value;

    private Outcome(T? value, Refusal? refusal) => (_value, Refusal) = (value, refusal);

    public Refusal? Refusal { get; }

    /// <exception cref="InvalidOperationException">The operation was refused.</exception>
    public T Value => Refusal is null ? _value! : throw new InvalidOperationException($"Refused: {Refusal.Code}: {Refusal.Detail}");

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);

    public IResult ToHttp(Func<T, IResult> whenDone) => Refusal?.ToProblem() ?? whenDone(_value!);
}
