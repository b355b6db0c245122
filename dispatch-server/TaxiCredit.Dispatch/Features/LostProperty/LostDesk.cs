using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Features.Passengers;
using TaxiCredit.Dispatch.Features.Passengers.Reports;

namespace TaxiCredit.Dispatch.Features.LostProperty;

/// <summary>What operations on lost property need in addition to <see cref="Operations.OperationContext"/>.</summary>
internal sealed class LostDesk(IOptions<LostSettings> settings, IOptions<PassengerSettings> passengers, ContactSeal contacts)
{
    public LostSettings Settings => settings.Value;

    /// <inheritdoc cref="PassengerSettings.KeepContactDays"/>
    public int KeepContactDays => passengers.Value.KeepContactDays;

    public byte[] Seal(string contact) => contacts.Seal(contact);

    /// <inheritdoc cref="ContactSeal.Open"/>
    public string Open(LossContact contact) => contacts.Open(contact.Sealed);

    /// <summary>Last instant for an answer to the passenger.</summary>
    public DateTimeOffset AnswerBy(Loss loss) => loss.ReceivedAt.AddHours(Settings.AnswerHours);

    /// <summary>The same as people are told it: a day of the bureau.</summary>
    public DateOnly AnswerOn(Loss loss) => loss.SubmittedOn.AddDays((Settings.AnswerHours + 23) / 24);

    /// <summary>First day on which a thing that nobody claims is to be passed on.</summary>
    public DateOnly PassOnFrom(FoundItem found) => found.RegisteredOn.AddDays(Settings.KeepDays);
}
