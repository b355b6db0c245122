using System.CommandLine;

namespace TaxiCredit.Hardware.Generate;

/// <summary>The command line. Exit status: 0 done or all equal, 1 files differ (<c>--check</c>), 2 not understood or a tool failed.</summary>
internal static class Command
{
    /// <param name="generation">What to write or to compare; made only when there is something to do.</param>
    /// <param name="root">The repository that is written or compared.</param>
    public static int Run(string[] args, Lazy<Generation> generation, string root, TextWriter output, TextWriter errors)
    {
        var check = new Option<bool>("--check") { Description = "Write nothing; name each committed file that differs and exit with 1." };
        var route = new Option<bool>("--route") { Description = "Route the board from scratch into kicad/copper.csv, in minutes. Generate afterwards." };
        var outputs = new Option<string>("--outputs") { Description = "Write Gerber files, drills, positions and what else a maker gets into this folder." };
        var command = new RootCommand("Writes schematic, board, symbols, drawings, plots, simulation values and the firmware's Pins.g.cs.")
        {
            check, route, outputs,
        };
        var parsed = command.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                errors.WriteLine(error.Message);
            return 2;
        }

        command.SetAction(_ => parsed.GetValue(route) ? Route(generation.Value, root, output)
            : parsed.GetValue(outputs) is { } folder ? Deliver(generation.Value, folder, output)
            : parsed.GetValue(check) ? Check(generation.Value, root, output) : Write(generation.Value, root, output));
        try
        {
            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = errors, EnableDefaultExceptionHandler = false });
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or IOException or TimeoutException or KeyNotFoundException)
        {
            errors.WriteLine(e.Message);
            return 2;
        }
    }

    private static int Route(Generation generation, string root, TextWriter output)
    {
        var router = generation.NewRouter();
        var tracks = router.Route(output.WriteLine);
        File.WriteAllText(Path.Combine(root, "hardware", "kicad", Copper.Track.FileName), Copper.Track.Write(tracks));
        foreach (string open in router.Open)
            output.WriteLine($"not routed: {open}");
        output.WriteLine($"{tracks.Count} tracks and vias in {router.Rounds} rounds, {router.Open.Count} connections open");
        return router.Open.Count == 0 ? 0 : 1;
    }

    private static int Deliver(Generation generation, string folder, TextWriter output)
    {
        generation.WriteOutputs(Path.GetFullPath(folder));
        output.WriteLine($"wrote {Directory.EnumerateFiles(folder).Count()} files into {folder}");
        return 0;
    }

    private static int Check(Generation generation, string root, TextWriter output)
    {
        var differences = generation.DifferencesFrom(root);
        foreach (string difference in differences)
            output.WriteLine(difference);
        output.WriteLine(differences.Count == 0
            ? $"{generation.Files.Count} files are up to date"
            : $"{differences.Count} files differ; run: dotnet run --project hardware/generate");
        return differences.Count == 0 ? 0 : 1;
    }

    // A plot that shows the same stays as it is, so that another KiCad or ngspice does not rewrite them all.
    private static int Write(Generation generation, string root, TextWriter output)
    {
        foreach (string path in generation.DifferencesFrom(root).Select(difference => difference.Split(": ")[0]))
        {
            if (generation.Files.SingleOrDefault(file => file.Path == path) is { } file)
                file.WriteTo(root);
            else
                File.Delete(Path.Combine(root, path));
            output.WriteLine(File.Exists(Path.Combine(root, path)) ? $"wrote {path}" : $"deleted {path}");
        }

        output.WriteLine($"{generation.Files.Count} files are up to date");
        return 0;
    }
}
