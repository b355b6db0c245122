using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Features.Photos;

namespace TaxiCredit.Dispatch.Features.Passengers.Reports;

/// <summary>What operations on reports need in addition to <see cref="Operations.OperationContext"/>.</summary>
internal sealed class ReportDesk(IOptions<PassengerSettings> settings, RecentReports recent, ContactSeal contacts, PhotoFolder photos)
{
    public PassengerSettings Settings => settings.Value;

    public RecentReports Recent => recent;

    public ContactSeal Contacts => contacts;

    public PhotoFolder Photos => photos;
}
