using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.LostProperty;

/// <summary>
/// A driver says whether a thing was found. If so, it is registered and joined with the loss at once, and the passenger reads where it is kept. A no may become
/// a yes while nothing else was found.
/// </summary>
/// <param name="WasFound">Whether the driver has it.</param>
/// <param name="Description">With a yes: what it looks like, 1 to 500 characters.</param>
/// <param name="KeptAt">With a yes: where the owner gets it, 1 to 200 characters.</param>
internal sealed record AnswerLoss(Acting Actor, bool WasFound, string? Description = null, string? KeptAt = null)
{
    private static readonly OperationRule Rule = new("answer-loss", Permission.KeepFound);

    /// <param name="number">Of the loss, <c>l-000123</c>.</param>
    public static async Task<Outcome<LossQuestion>> HandleAsync(string number, AnswerLoss command, OperationContext context, CancellationToken stop)
    {
        var subject = command.Actor.Name;
        return await context.RunAsync<LossQuestion>(Rule, command.Actor, subject, async person =>
        {
            var id = Loss.IdOf(number);
            // Somebody else's question is like none.
            if (await context.Db.LossQuestions.Include(q => q.Driver).Include(q => q.Loss).ThenInclude(l => l.Cab)
                .SingleOrDefaultAsync(q => q.LossId == id && q.Driver.Code == person.Name, stop) is not { } question)
                return Refusal.Missing("question-unknown", $"You were not asked about '{number}'.");
            if (question.WasFound == true && command.WasFound)
                return Done.Repeated(question);
            if ((command.WasFound ? await command.FoundAsync(question, context, stop) : NotFound(question)) is { } refused)
                return refused;

            question.Answer(command.WasFound, context.Now);
            return Done.With(question, question.Loss.Number, command.WasFound ? "yes" : "no");
        }, stop);
    }

    private static Refusal? NotFound(LossQuestion question) => question.WasFound == true
        ? Refusal.Conflict("found-already", $"You said that you have what {question.Loss.Number} asks for; tell the bureau if that was wrong.")
        : null;

    private async Task<Refusal?> FoundAsync(LossQuestion question, OperationContext context, CancellationToken stop)
    {
        var loss = question.Loss;
        var register = new RegisterFound(Actor, loss.Cab.Code, loss.Kind, Description ?? "", KeptAt ?? "", context.Today);
        if ((register.FindFault(context.Today) ?? loss.Move(LossSignal.Match, context.Today)) is { } refused)
            return refused;
        var found = register.Of(loss.Cab, question.Driver, question.Driver.Code, context);
        context.Db.FoundItems.Add(found);
        if (found.ClaimFor(loss, context.Today) is { } unfit)
            return unfit;
        await context.Db.SaveChangesAsync(stop);
        context.Record(question.Driver.Code, "register-found", found.Number, $"{loss.Cab.Code} {question.Driver.Code} {loss.Number}");
        return null;
    }
}
