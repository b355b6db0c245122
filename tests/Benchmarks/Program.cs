using System.Text.Json;
using Benchmarks;
using Benchmarks.Flood;
using Benchmarks.Pages;
using Benchmarks.Retained;
using Benchmarks.Scale;

if (args is [EmbeddedProcess.Command, var folder])
    return await EmbeddedProcess.RunAsync(folder);

var quick = args.Contains("--quick");
var only = args.Where(a => !a.StartsWith('-')).ToHashSet();
IBenchmark[] all =
[
    new StartToReady(), new PublishToWindscreens(), new SignOnToWindscreen(), new RetainedRatings(), new PassengerPage(), new PageWeights(), new CloseAtScale(),
    new ImportAtScale(), new RegistersAtScale(), new VerifyAtScale(), new FloodOfOneUnit(),
];
var figures = new List<Figure>();
Console.WriteLine($"{"what",-84} {"here",14} {"peer",14} {"ratio",8}  bar");
foreach (var benchmark in all.Where(b => only.Count == 0 || only.Contains(b.Name)))
{
    Console.Error.WriteLine($"{benchmark.Name} …");
    var found = await benchmark.RunAsync(quick);
    figures.AddRange(found);
    foreach (var f in found)
        Console.WriteLine($"{f.What,-84} {f.Here,14:N2} {f.Peer,14:N2} {f.Ratio,8:N2}  {f.Bar}");
}

Directory.CreateDirectory("artifacts");
await File.WriteAllTextAsync("artifacts/bench.json", JsonSerializer.Serialize(figures, Figure.Json));
return 0;
