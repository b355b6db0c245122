using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Cases.Hearing;
using TaxiCredit.Dispatch.Features.Photos;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Cases.Objections;

/// <summary>Somebody at the bureau opens what came with an objection. The audit log says who did.</summary>
internal sealed record ReadObjectionFile(Acting Actor)
{
    private static readonly OperationRule Rule = new("read-objection-file", Permission.ReadCases);

    public static Task<Outcome<AnswerFile>> HandleAsync(
        string number, ReadObjectionFile command, OperationContext context, PhotoFolder files, CancellationToken stop) =>
        context.ReadAsync<AnswerFile>(Rule, command.Actor, null, async _ =>
        {
            var name = await (from objection in context.Db.Objections
                              join report in context.Db.Cases on objection.CaseId equals report.Id
                              where report.Number == number
                              select objection.File).SingleOrDefaultAsync(stop);
            if (name is null)
                return Refusal.Missing("objection-file-none", $"No file came with an objection in case {number}.");
            var opened = AnswerFile.Open(name, $"objection-{number}", files);
            return opened.Refusal is null ? Done.With(opened.Value, number) : opened.Refusal;
        }, stop);
}
