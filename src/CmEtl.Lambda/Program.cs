using System.Runtime.InteropServices;
using CmEtl.Lambda;

// Lambda sends SIGTERM before it shuts down an execution environment
// (https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html).
using var stop = new CancellationTokenSource();
using var signal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
{
    context.Cancel = true;
    stop.Cancel();
});
return await FunctionHost.RunAsync(FunctionHost.ProcessEnvironment(), stop.Token);
