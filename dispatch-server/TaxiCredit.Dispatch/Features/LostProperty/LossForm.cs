using TaxiCredit.Dispatch.Features.Passengers.Reports;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.LostProperty;

/// <summary>What a passenger says of a thing that is missing.</summary>
/// <param name="Kind">Null where none was chosen.</param>
/// <param name="Hour">0 to 23; null where it is not remembered.</param>
/// <param name="Contact">1 to 200 characters; null for none.</param>
internal sealed record LossForm(PropertyKind? Kind, string Description, DateOnly Day, int? Hour, string? Contact)
{
    public Refusal? FindFault(OperationContext context, LostSettings settings)
    {
        if ((LostRules.Kind(Kind) ?? LostRules.Text(Description, Loss.MaxDescription, "description")) is { } unfit)
            return unfit;
        if (Day > context.Today || Day < context.Today.AddDays(-settings.LongestAgoDays))
        {
            return Refusal.AgainstRule("lost-on-unfit",
                $"The ride is to lie within the last {settings.LongestAgoDays} days, {context.Today.AddDays(-settings.LongestAgoDays):yyyy-MM-dd} "
                + $"to {context.Today:yyyy-MM-dd}; this is {Day:yyyy-MM-dd}.");
        }

        if (Hour is < 0 or > 23)
            return Refusal.Malformed("hour-out-of-range", $"hour is {Hour}; it takes 0 to 23.");
        return Contact is not null && (string.IsNullOrWhiteSpace(Contact) || Contact.Length > ReportContact.Longest)
            ? Refusal.Malformed("contact-length", $"contact takes 1 to {ReportContact.Longest} characters; leave it out for none.")
            : null;
    }
}
