using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Photos;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Cases.Hearing;

/// <param name="Name">For whoever stores it.</param>
internal sealed record AnswerFile(Stream Content, string Type, string Name)
{
    /// <param name="stored">Name in the folder, whose ending says which of the two kinds it is.</param>
    /// <param name="called">Name for whoever stores it, without an ending.</param>
    public static Outcome<AnswerFile> Open(string stored, string called, PhotoFolder files)
    {
        var opened = files.Open(stored);
        if (opened.Refusal is not null)
            return opened.Refusal;
        var (type, ending) = stored.EndsWith(".pdf", StringComparison.Ordinal) ? ("application/pdf", ".pdf") : ("image/jpeg", ".jpg");
        return new AnswerFile(opened.Value, type, called + ending);
    }
}

/// <summary>Somebody at the bureau opens what came with an answer. The audit log says who did.</summary>
internal sealed record ReadAnswerFile(Acting Actor)
{
    private static readonly OperationRule Rule = new("read-answer-file", Permission.ReadCases);

    public static Task<Outcome<AnswerFile>> HandleAsync(
        string number, int round, ReadAnswerFile command, OperationContext context, PhotoFolder files, CancellationToken stop) =>
        context.ReadAsync<AnswerFile>(Rule, command.Actor, null, async _ =>
        {
            var name = await (from answer in context.Db.Answers
                              join report in context.Db.Cases on answer.CaseId equals report.Id
                              where report.Number == number && answer.Round == round
                              select answer.File).SingleOrDefaultAsync(stop);
            if (name is null)
                return Refusal.Missing("answer-file-none", $"No file came with answer {round} in case {number}.");
            var opened = AnswerFile.Open(name, $"answer-{number}-{round}", files);
            return opened.Refusal is null ? Done.With(opened.Value, number, $"{round}") : opened.Refusal;
        }, stop);
}
