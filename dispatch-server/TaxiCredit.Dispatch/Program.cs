using TaxiCredit.Dispatch.CommandLine;
using TaxiCredit.Dispatch.Machine;

PrivateFiles.Begin();
return await ServerCommandLine.Build().RunAsync(args);
