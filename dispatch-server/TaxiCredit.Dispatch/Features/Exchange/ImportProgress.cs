namespace TaxiCredit.Dispatch.Features.Exchange;

/// <summary>Shows the progress of an import every two seconds.</summary>
internal sealed class ImportProgress(TextWriter output, TimeProvider time)
{
    private const int RecordsBetweenLooks = 1_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly long _began = time.GetTimestamp();
    private long _shown = time.GetTimestamp();

    public void Show(string file, long records, double share)
    {
        if (records % RecordsBetweenLooks != 0 || time.GetElapsedTime(_shown) < Pause)
            return;
        _shown = time.GetTimestamp();
        Say($"{file}: {records:N0} lines, {share:P0}");
    }

    public void Say(string what) => output.WriteLine($"{time.GetElapsedTime(_began).TotalSeconds,5:F0} s  {what}");
}
