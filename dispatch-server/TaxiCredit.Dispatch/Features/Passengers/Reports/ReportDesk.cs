using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Wire;
using TaxiCredit.Dispatch.Features.Displays.Mosquitto;
using TaxiCredit.Dispatch.Features.Teams;
using TaxiCredit.Dispatch.Features.Statistics;
using TaxiCredit.Dispatch.Features.Prospects;
using TaxiCredit.Dispatch.Components.Access;
using TaxiCredit.Dispatch.Components.Styleguide;
using TaxiCredit.Dispatch.Mqtt;
using TaxiCredit.Dispatch.Features.Roster;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Features.Photos;

namespace TaxiCredit.Dispatch.Features.Passengers.Reports;

/// <summary>What the taking of reports needs beside the bureau's desk.</summary>
internal sealed class ReportDesk(IOptions<PassengerSettings> settings, RecentReports recent, ContactSeal contacts, PhotoFolder photos)
{
    public PassengerSettings Settings => settings.Value;

    public RecentReports Recent => recent;

    public ContactSeal Contacts => contacts;

    public PhotoFolder Photos => photos;
}
