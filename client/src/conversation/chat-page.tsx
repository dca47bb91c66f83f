export function ChatPage() {
  return <p />;
}
