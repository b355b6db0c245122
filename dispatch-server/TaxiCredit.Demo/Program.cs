using TaxiCredit.Demo;
using TaxiCredit.Dispatch.CommandLine;

return await DemoCommandLine.Build().RunAsync(args);
