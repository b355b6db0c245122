using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Passengers.Checks;
using TaxiCredit.Dispatch.Features.Passengers.Reports;

namespace TaxiCredit.Dispatch.Features.Passengers;

/// <summary>A report as the bureau sees it, without who sent it.</summary>
/// <param name="Version">Changes with the report: what is done to it may name the version that was read.</param>
internal sealed record ReportView(
    string Number, ReportStatus Status, QuarantineReason? HeldFor, CaseKind Kind, string Cab, string Plate, string? Code, DateOnly ConductOn, int? ConductHour,
    string Place, string Account, DateTimeOffset ReceivedAt, DateOnly SubmittedOn, string? Case, string? Remark, bool? HasPhoto, bool? HasContact,
    Guid Version)
{
    public static ReportView Of(PassengerReport r, bool? hasPhoto, bool? hasContact) => new(
        r.Number, r.Status, r.HeldFor, r.Kind, r.Cab.Code, r.Cab.Plate, r.Code, r.ConductOn, r.ConductHour,
        r.Place, r.Account, r.ReceivedAt, r.SubmittedOn, r.Case?.Number, r.Remark, hasPhoto, hasContact, r.Version);

    public static IResult Ok(PassengerReport report) => Results.Ok(Of(report, null, null));
}

/// <param name="Seen">0 to 4, null for dark.</param>
/// <param name="Confirmed"><c>0</c> to <c>4</c>, <c>dark</c>, <c>inconsistent</c> or <c>nothing</c>.</param>
internal sealed record CheckView(
    long Id, string Cab, string Plate, int? Seen, string Confirmed, DateTimeOffset? ConfirmedAt, string? Driver, DateTimeOffset OpenedAt, DateTimeOffset LastAt,
    int Times, DateTimeOffset? ClosedAt, string? ClosedBy, string? Finding)
{
    public static CheckView Of(StarCheck c) => new(
        c.Id, c.Cab.Code, c.Cab.Plate, c.Seen, c.Confirmed, c.ConfirmedAt, c.Driver, c.OpenedAt, c.LastAt, c.Times, c.ClosedAt, c.ClosedBy, c.Finding);
}
