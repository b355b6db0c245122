namespace TaxiCredit.Dispatch.Features.LostProperty;

/// <summary>A loss as the bureau sees it, without who asks.</summary>
/// <param name="AnswerBy">Last instant for an answer to the passenger.</param>
/// <param name="Asked">How many drivers were asked.</param>
/// <param name="Answered">How many of them have answered.</param>
/// <param name="Found">Number of what was found that may be it.</param>
/// <param name="Version">Changes with the loss: what is done to it may name the version that was read.</param>
internal sealed record LossView(
    string Number, LossStatus Status, PropertyKind Kind, string Cab, string Plate, string Description, DateOnly LostOn, int? LostHour,
    DateTimeOffset ReceivedAt, DateTimeOffset AnswerBy, int Asked, int Answered, string? Found, bool HasContact, DateOnly? SettledOn, string? Remark,
    Guid Version)
{
    public static LossView Of(LossLine line) => new(
        line.Loss.Number, line.Loss.Status, line.Loss.Kind, line.Loss.Cab.Code, line.Loss.Cab.Plate, line.Loss.Description, line.Loss.LostOn,
        line.Loss.LostHour, line.Loss.ReceivedAt, line.AnswerBy, line.Asked, line.Answered, line.Found, line.HasContact, line.Loss.SettledOn,
        line.Loss.Remark, line.Loss.Version);
}

/// <summary>A thing that was found, as the bureau and its finder see it.</summary>
/// <param name="PassOnFrom">First day on which it is to be passed on, where nobody claims it.</param>
/// <param name="Case">The merit that was recorded for it.</param>
/// <param name="Version">As with <see cref="LossView"/>.</param>
internal sealed record FoundView(
    string Number, FoundStatus Status, PropertyKind Kind, string Driver, string Cab, string Plate, string Description, string KeptAt, DateOnly FoundOn,
    DateOnly RegisteredOn, DateOnly PassOnFrom, string? Loss, DateOnly? SettledOn, string? WentTo, string? Case, Guid Version)
{
    public static FoundView Of(FoundItem f, LostDesk tools) => new(
        f.Number, f.Status, f.Kind, f.Driver.Code, f.Cab.Code, f.Cab.Plate, f.Description, f.KeptAt, f.FoundOn, f.RegisteredOn, tools.PassOnFrom(f),
        f.Loss?.Number, f.SettledOn, f.WentTo, f.Case?.Number, f.Version);
}

/// <summary>What a driver answered.</summary>
internal sealed record LossAnswerView(string Loss, bool? WasFound, DateTimeOffset? AnsweredAt)
{
    public static LossAnswerView Of(LossQuestion q) => new(q.Loss.Number, q.WasFound, q.AnsweredAt);
}
