using TaxiCredit.Hardware.Generate;
using TaxiCredit.Hardware.Generate.Files;

var generation = new Lazy<Generation>(() => new Generation(Repository.Root));
try
{
    return Command.Run(args, generation, Repository.Root, Console.Out, Console.Error);
}
finally
{
    if (generation.IsValueCreated)
        generation.Value.Dispose();
}
