using System.CommandLine;
using Microsoft.Extensions.Options;

namespace TaxiCredit.Dispatch.CommandLine;

internal static class CommandRun
{
    /// <summary>The command line, or the settings it leads to, cannot be; nothing was done.</summary>
    public const int NotUnderstood = 2;

    /// <summary>It cannot be done here and now.</summary>
    public const int Failed = 1;

    /// <summary>Carries out what the command line says.</summary>
    /// <returns>The command's exit code; <see cref="NotUnderstood"/> with the faults on standard error.</returns>
    public static async Task<int> RunAsync(this RootCommand root, string[] args)
    {
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var fault in parsed.Errors)
                await Console.Error.WriteLineAsync(fault.Message);
            await Console.Error.WriteLineAsync("See --help.");
            return NotUnderstood;
        }

        try
        {
            // The host handles signals itself, and an unexpected fault must end the process with its stack.
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (InvalidDataException settings)
        {
            // A rulebook or a setting that contradicts itself; the message says all that helps.
            await Console.Error.WriteLineAsync(settings.Message);
            return NotUnderstood;
        }
        catch (OptionsValidationException settings)
        {
            await Console.Error.WriteLineAsync(settings.Message);
            return NotUnderstood;
        }
    }
}
